"""Words and ids lead to one number, or to a line that says which ones they may mean."""

from __future__ import annotations

import re

import duckdb
import pytest

from cartox.cell_ids import KEYS, cell_id
from cartox.errors import UserError
from cartox.results.tables import DEFINITIONS, LONG_FORMS, TABLES, sql
from cartox.trace.cells import find_cell


def test_rows_are_named_by_the_keys_of_their_tables() -> None:
    text = "".join(map(sql, DEFINITIONS))
    keys = {
        table: tuple(re.split(r", ", found[1]))
        for table in TABLES
        if (found := re.search(rf"results\.{table} \([^;]*?primary key \(([^)]*)\)", text, re.DOTALL))
    }
    keys |= {
        table: (found[1],)
        for table in TABLES
        if (found := re.search(rf"results\.{table} \(\s*(\w+) varchar not null primary key", text))
    }
    untraced = {"methods", "reporting_items", "run_manifest", *LONG_FORMS}
    assert {table: key for table, key in keys.items() if table not in untraced} == KEYS
    assert keys.keys() | set(LONG_FORMS) == set(TABLES)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["baseline_crp", "responder", "median"], "descriptives:baseline_crp:value:responder:median"),
        (["median", "Non_Responder", "baseline_crp"], "descriptives:baseline_crp:value:non_responder:median"),
        (["age_years", "median"], "descriptives:age_years:value:all:median"),
        (["male_sex", "responder", "percent"], "descriptives:male_sex:yes:responder:percent"),
        (["male_sex", "no", "responder", "count"], "descriptives:male_sex:no:responder:count"),
        (["baseline_crp", "p_value"], "comparisons:baseline_crp:p_value"),
        (
            ["baseline_crp", "exact", "p_value"],
            "comparison_conventions:baseline_crp:exact conditional:p_value",
        ),
        (["product", "tisagenlecleucel", "count"], "descriptives:product:tisagenlecleucel:all:count"),
        (["share_of_deaths", "before_percent"], "era_comparison:share_of_deaths:era_date:before_percent"),
        (["P01", "crp", "auc"], "lab_auc:P01:crp:trapezoid:auc"),
        (["crp_p"], "reported_figures:crp_p"),
        (["first_grade_0"], "response_sensitivity:first_grade_0"),
    ],
)
def test_words_in_any_order_name_a_cell(
    warehouse: duckdb.DuckDBPyConnection, words: list[str], expected: str
) -> None:
    assert find_cell(warehouse, words).id == expected


@pytest.mark.parametrize("table", KEYS)
def test_the_id_of_every_row_leads_to_it(warehouse: duckdb.DuckDBPyConnection, table: str) -> None:
    keys = ", ".join(f"cast({key} as varchar)" for key in KEYS[table])
    rows = warehouse.execute(
        f"select {keys} from results.{table} using sample 25 rows (reservoir, 1)"
    ).fetchall()
    assert rows
    for names in rows:
        found = find_cell(warehouse, [cell_id(table, names, None)])
        assert (found.table, found.names) == (table, names)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nothing"], "no result is named nothing"),
        (["baseline_crp", "responder", "medain"], "no result is named baseline_crp responder medain"),
        (["median"], "no result is named median"),
        (["crp", "auc"], "say which: lab_auc:PATIENT:crp:trapezoid:auc"),
        (["product", "percent"], "say which: descriptives:product:axicabtagene ciloleucel:all:percent, "),
    ],
)
def test_what_names_no_or_no_single_number_is_refused(
    warehouse: duckdb.DuckDBPyConnection, words: list[str], expected: str
) -> None:
    with pytest.raises(UserError, match=re.escape(expected)):
        find_cell(warehouse, words)
