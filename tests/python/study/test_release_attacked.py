"""The release of the built-in study, attacked: every small count of its plan and its flow keeps its interval."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.release import default_threshold, write_release
from cartox.release.numbers import rounded
from cartox.release.rules import ATTRITION, DESCRIPTIVES, ERAS
from tests.python.release.attack import GROUPS, attack
from tests.python.release.built_in import FAMILIES, as_read, read_own_plan, read_truth
from tests.python.release.simulated import ERA, SECOND_ERA

READ = (DESCRIPTIVES, ERAS, ATTRITION)

pytestmark = pytest.mark.xdist_group("whole run")


@pytest.fixture(scope="module")
def warehouse(folder: Path) -> Path:
    return folder / "warehouse" / "cartox.duckdb"


@pytest.fixture(scope="module")
def released(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    directory = tmp_path_factory.mktemp("attacked") / "out"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert default_threshold(connection) == 10
        write_release(connection, directory, 10)
    found = {}
    for table in READ:
        with (directory / f"{table.partition('.')[2]}.csv").open(encoding="utf-8", newline="") as file:
            found[table] = [as_read(row) for row in csv.DictReader(file)]
    return found


def test_every_count_of_the_plan_is_attacked(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        plan = read_own_plan(connection)
    columns = {column for family in FAMILIES.values() for column in family.columns}
    counted = {
        one.value_column
        for one in plan
        if one.kind != "continuous" or one.unit in ("grade", "points", "lines")
    }
    assert counted == columns


def test_no_small_count_of_the_built_in_study_is_told(
    warehouse: Path, released: dict[str, list[dict[str, Any]]]
) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        study, plan = read_truth(connection), read_own_plan(connection)
        eras = connection.execute(
            "select value from results.run_manifest where key like 'var.era_date%' order by key"
        ).fetchall()
    assert eras == [(ERA.isoformat(),), (SECOND_ERA.isoformat(),)]
    found = list(attack(study, released, 10, plan=plan, families=FAMILIES))
    assert len(found) > 100
    assert {"sex", "CRS", "ICANS", "product", "flow"} <= {told.what.partition(":")[0] for told in found}
    assert [told for told in found if told.is_near(10)] == []
    assert [told for told in found if not told.low <= told.true <= (told.high or told.true)] == []


def test_the_attacker_finds_the_stages_where_they_are_rounded_and_not_withheld(
    warehouse: Path, released: dict[str, list[dict[str, Any]]]
) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        study, plan = read_truth(connection), read_own_plan(connection)
    cohort = study.cohort().values()
    told = [dict(row) for row in released[DESCRIPTIVES]]
    for row in told:
        if row["variable"] == "ann_arbor_stage":
            groups = GROUPS if row["study_group"] == "evaluable" else (row["study_group"],)
            own = [one for one in cohort if one["group"] in groups]
            row["count"] = rounded(sum(one["ann_arbor_stage"] == row["level"] for one in own))
    tables = {**released, DESCRIPTIVES: told}
    stages = {"stage": FAMILIES["stage"]}
    found = list(attack(study, tables, 10, least=0, plan=plan, families=stages))
    assert any(one.what.startswith("stage") and one.is_near(10) for one in found)
