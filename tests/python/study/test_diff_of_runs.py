"""Two runs of the built-in study with one laboratory result changed between them: what `diff` tells, and all that moved."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.difference.difference import WITHOUT_KEY
from tests.python.difference.test_difference import cells
from tests.python.study.command import cartox

BASELINE = """
select baseline.result_id, baseline.patient_id, results.raw_result
from marts.lab_baseline as baseline
inner join marts.cohort on baseline.patient_id = cohort.patient_id
inner join marts.lab_results as results on baseline.result_id = results.result_id
where baseline.analyte = 'crp' and cohort.study_group = 'responder' and regexp_full_match(results.raw_result, '[0-9.]+')
order by abs(baseline.value - 11.9), baseline.patient_id
"""
MOVED = """
select * exclude ({places}) from {one}.marts.{table}
except
select * exclude ({places}) from {other}.marts.{table}
"""

pytestmark = pytest.mark.xdist_group("whole run")


@pytest.fixture(scope="module")
def changed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """A result that is a baseline, its patient, and a folder with a second run in which it is ten times as high."""
    with duckdb.connect(str(folder / "warehouse" / "cartox.duckdb"), read_only=True) as connection:
        baselines = connection.execute(BASELINE).fetchall()
    text = (folder / "extract" / "lab_results.csv").read_text(encoding="utf-8")
    result_id, patient_id, raw = next(one for one in baselines if text.count(f"\n{one[0]},") == 1)
    second = tmp_path_factory.mktemp("second") / "study"
    shutil.copytree(folder / "warehouse", second / "warehouse", symlinks=True)
    shutil.copytree(folder / "extract", second / "extract")
    line = next(line for line in text.splitlines() if line.startswith(f"{result_id},"))
    assert line.count(f",{raw},") == 1
    tenfold = line.replace(f",{raw},", f",{float(raw) * 10:g},")
    (second / "extract" / "lab_results.csv").write_text(text.replace(line, tenfold), encoding="utf-8")
    done = cartox(second, "run", "--extract", "extract")
    assert done.returncode == 0, done.stderr
    assert "Records: 0 added, 0 removed, 1 changed" in done.stdout
    return result_id, patient_id, second


@pytest.fixture(scope="module")
def told(changed: tuple[str, str, Path]) -> dict[str, Any]:
    done = cartox(changed[2], "diff", "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_result_is_named_and_nothing_that_the_runs_were_made_of_but_its_file(
    changed: tuple[str, str, Path], told: dict[str, Any]
) -> None:
    results = [row for row in told["marts"] if row["table"] == "marts.lab_results"]
    assert [(row["key"], row["change"]) for row in results] == [({"result_id": changed[0]}, "changed")]
    assert {"raw_result", "value"} <= results[0]["columns"].keys()
    inputs = told["made_of"].pop("inputs")
    assert inputs
    assert all("lab_results" in name for name in inputs)
    assert not any(told["made_of"].values())
    assert (told["seeds"], told["tables_of_one_side"], told["tables_with_more"]) == ({}, [], [])
    assert not any(told["records"].values())
    assert told["patients"] == []


def test_the_rows_of_the_marts_are_those_that_moved_and_all_of_the_patient(
    changed: tuple[str, str, Path], told: dict[str, Any]
) -> None:
    """Held against a comparison of whole tables in SQL, which knows no keys."""
    result_id, patient_id, folder = changed
    first, second = sorted((folder / "warehouse" / ".versions").glob("*/cartox.duckdb"))
    with duckdb.connect() as connection:
        for name, file in (("one", first), ("two", second)):
            connection.execute(f"attach '{file}' as {name} (read_only)")
        moved = _moved_rows(connection)
    assert {row["table"].partition(".")[2] for row in told["marts"]} == moved.keys()
    for table, rows in moved.items():
        own = [row["key"] for row in told["marts"] if row["table"] == f"marts.{table}"]
        assert len(own) == len(rows), table
        assert all(result_id in key.values() or patient_id in key.values() for key in own), table
        assert all(patient_id in row for row in rows), table


def _moved_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    tables = connection.execute(
        "select table_name, list(column_name) from information_schema.columns "
        "where table_catalog = 'two' and table_schema = 'marts' group by all order by all"
    ).fetchall()
    found = {}
    for table, columns in tables:
        if table in WITHOUT_KEY:
            continue
        places = ", ".join(name for name in columns if name in ("source_file", "line_number"))
        sql = MOVED.format(places=places, table=table, one="two", other="one")
        rows = connection.execute(sql if places else sql.replace(" exclude ()", "")).fetchall()
        if rows:
            found[table] = rows
    return found


def test_each_number_that_moved_is_told_and_no_other(
    changed: tuple[str, str, Path], told: dict[str, Any]
) -> None:
    """Held against every cell of both files, read one by one; a row that one file alone has moved in all its cells."""
    first, second = (
        cells(file) for file in sorted((changed[2] / "warehouse" / ".versions").glob("*/cartox.duckdb"))
    )
    moved = {cell for cell in first.keys() | second.keys() if not _same(first.get(cell), second.get(cell))}
    assert {row["id"] for row in told["results"]} == moved
    assert "reported_figures:crp_median_responders:computed" in moved


def _same(one: Any, other: Any) -> bool:
    """Whether two cells are the same to nine digits, as the guide says of them."""
    if isinstance(one, float) and isinstance(other, float):
        return f"{one:.9g}" == f"{other:.9g}"
    return bool(one == other)
