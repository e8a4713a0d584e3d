"""One table of rules: what no rule names does not leave, and every table of the results has a rule."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from cartox.release import write_release
from cartox.release.rules import (
    COMPARISONS,
    DESCRIPTIVES,
    KINDS,
    NEVER,
    NEVER_RELEASED,
    RULES,
    columns_of,
    without_rule,
)
from cartox.results.tables import TABLES, create_tables


@pytest.fixture(scope="module")
def columns() -> dict[str, tuple[str, ...]]:
    """The columns of every table of the results, as the code makes them."""
    with duckdb.connect() as connection:
        create_tables(connection)
        found = connection.execute(
            "select 'results.' || table_name, list(column_name) from duckdb_columns() "
            "where schema_name = 'results' group by all"
        ).fetchall()
    return {table: tuple(names) for table, names in found}


def test_every_table_and_column_of_the_results_has_a_rule(columns: dict[str, tuple[str, ...]]) -> None:
    assert set(columns) == {f"results.{table}" for table in TABLES}
    assert set(columns) - set(RULES) - set(NEVER_RELEASED) == set(), (
        "say in release/rules.py what may leave of it"
    )
    for table, names in columns.items():
        assert without_rule(table, names) == (), f"{table}: say in release/rules.py what may leave of it"


def test_a_rule_is_of_one_kind_and_a_table_of_one_rule() -> None:
    assert {kind for rules in RULES.values() for kind in rules.values()} <= set(KINDS)
    assert not set(RULES) & set(NEVER_RELEASED)


def test_a_new_table_or_column_is_without_rule() -> None:
    assert without_rule("results.to_come", ("n_at_risk",)) == ("n_at_risk",)
    assert without_rule(DESCRIPTIVES, ("n", "mean")) == ("mean",)


def test_nothing_leaves_that_tells_a_count_or_a_patient() -> None:
    assert {column for column, kind in RULES[COMPARISONS].items() if kind == NEVER} >= {
        "statistic", "p_exact", "smallest_expected", "method", "n_missing",
    }  # fmt: skip
    assert {"min", "max"}.isdisjoint(columns_of(DESCRIPTIVES))
    assert {"results.lab_auc", "results.reported_figures", "results.comparison_conventions"} <= set(
        NEVER_RELEASED
    )


def test_what_no_rule_names_stays_in_whatever_it_is_called(release: Any) -> None:
    released = release(n_drawn=60)
    connection = released.connection
    connection.execute("alter table results.descriptives add column worst_patient text default 'CANARY'")
    connection.execute("alter table marts.cohort_attrition add column example text default 'CANARY'")
    connection.execute("insert into results.run_manifest values ('var.new', 'CANARY'), ('input.x', 'CANARY')")
    connection.execute("create table results.patients as select 'CANARY' as patient_id")
    again = released.folder.with_name("again")
    files = write_release(connection, again, 10)
    assert [file.name for file in files] == sorted(file.name for file in released.folder.iterdir())
    assert not any("CANARY" in file.read_text() for file in files)
