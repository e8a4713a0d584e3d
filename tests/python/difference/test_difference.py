"""One changed laboratory result: that result, the rows and the numbers that moved, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cell_ids import KEYS
from cartox.cli import app
from cartox.cli.diff import print_what_moved
from cartox.difference import Difference, compare, five_lines, pairs
from cartox.warehouse.opening import reading_two
from tests.python.results.handmade_study import build, load_study

pytestmark = pytest.mark.xdist_group("difference")

CHANGED_RESULT = """
update marts.lab_results set value = 1, raw_result = '1', line_number = 7777 where result_id = 'BP01crp';
update marts.lab_baseline set value = 1 where patient_id = 'P01' and analyte = 'crp';
"""


def write(file: Path, changes: str = "", **variables: Any) -> Path:
    with duckdb.connect(str(file)) as connection:
        load_study(connection)
        connection.execute(changes or "select 1")
        build(connection, file.parent / "landing", **variables)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("difference")


@pytest.fixture(scope="module")
def before(folder: Path) -> Path:
    return write(folder / "before.duckdb")


@pytest.fixture(scope="module")
def after(folder: Path) -> Path:
    return write(folder / "after.duckdb", CHANGED_RESULT)


def difference(before: Path, after: Path) -> Difference:
    with reading_two(before, after) as connection:
        return compare(connection)


def cells(file: Path) -> dict[str, Any]:
    """Every cell of the results by its id, read without the code that compares."""
    found: dict[str, Any] = {}
    with duckdb.connect(str(file), read_only=True) as connection:
        for table, keys in KEYS.items():
            cursor = connection.execute(f"select * from results.{table}")
            names = [column[0] for column in cursor.description or []]
            for row in cursor.fetchall():
                named = dict(zip(names, row, strict=True))
                key = ":".join([table, *(str(named[key]) for key in keys)])
                found |= {f"{key}:{name}": value for name, value in named.items() if name not in keys}
    return found


def test_one_changed_result_names_it_and_what_moved_and_nothing_else(before: Path, after: Path) -> None:
    found = difference(before, after)
    assert [(row.table, row.key, row.columns) for row in found.marts] == [
        ("marts.lab_baseline", {"patient_id": "P01", "analyte": "crp"}, {"value": (80.0, 1.0)}),
        (
            "marts.lab_results",
            {"result_id": "BP01crp"},
            {"raw_result": ("80.0", "1"), "value": (80.0, 1.0)},
        ),
    ]
    first, second = cells(before), cells(after)
    assert first.keys() == second.keys()
    moved = {cell for cell, value in first.items() if value != second[cell]}
    assert {change.cell for change in found.results} == moved
    assert "descriptives:baseline_crp:value:non_responder:median" in moved
    assert all(
        (change.before, change.after) == (first[change.cell], second[change.cell]) for change in found.results
    )
    numbers = [change.size for change in found.results]
    assert numbers == sorted(numbers, reverse=True)
    assert not found.patients
    assert not found.seeds
    assert not any(found.records.values())
    assert not any(found.causes.values())


def test_five_lines_say_so_and_name_no_patient(before: Path, after: Path) -> None:
    lines = five_lines(difference(before, after))
    assert lines[:4] == [
        "Input: the same files",
        "Rules: the same vars, seeds and code",
        "Records: 0 added, 0 removed, 1 changed",
        "Patients: treated patients 0 in, 0 out; cohort 0 in, 0 out; 0 between groups",
    ]
    assert lines[4].startswith("Results: ")
    assert "P01" not in "".join(lines)


def test_vars_seeds_and_patients_who_change_sides_are_named(before: Path, folder: Path) -> None:
    changes = """
    update marts.cohort set study_group = 'responder' where patient_id = 'P01';
    update marts.response_labels set outcome = 'responder', is_responder = true
    where patient_id = 'P01' and definition = 'sustained';
    update marts.treated_patients set is_in_cohort = false where patient_id = 'P02';
    delete from marts.cohort where patient_id = 'P02';
    update seeds.analytes set label = 'CRP' where analyte = 'crp';
    insert into marts.record_dispositions values ('patients', 'P99', 'P99', 'patients.csv', 99, 'quarantined', 'unknown_sex');
    """
    other = write(folder / "other.duckdb", changes, baseline_days=7)
    with duckdb.connect(str(other)) as connection:
        connection.execute(
            "insert into results.run_manifest values ('declared.lab_results', '{\"decimal_mark\": \",\"}')"
        )
    found = difference(before, other)
    assert found.causes["vars"] == {"baseline_days": ("14", "7")}
    assert {
        name: {kind: len(rows) for kind, rows in kinds.items()} for name, kinds in found.seeds.items()
    } == {"analytes": {"removed": 1, "added": 1}}
    assert [row["record_id"] for row in found.records["added"]] == ["P99"]
    cohort = {row.key["patient_id"]: row.kind for row in found.patients if row.table == "marts.cohort"}
    assert cohort == {"P01": "changed", "P02": "removed"}
    assert "cohort 0 in, 1 out; 1 between groups" in five_lines(found)[3]
    assert found.causes["declarations"] == {"lab_results": (None, '{"decimal_mark": ","}')}
    assert (
        "var baseline_days 14 -> 7, what is declared of lab_results, seeds.analytes changed"
        in five_lines(found)[1]
    )


def test_two_builds_of_the_same_study_do_not_differ(before: Path, folder: Path) -> None:
    found = difference(before, write(folder / "again.duckdb"))
    assert not any(found.as_record()["made_of"].values())
    assert (found.marts, found.results, found.seeds, found.only_one_has) == ([], [], {}, [])


def test_the_command_prints_it_and_gives_it_as_data(before: Path, after: Path) -> None:
    shown = CliRunner().invoke(app, ["diff", str(before), str(after)])
    assert shown.exit_code == 0, shown.stderr
    assert "BP01crp" in shown.stdout
    found = json.loads(CliRunner().invoke(app, ["diff", str(before), str(after), "--json"]).stdout)
    assert {row["table"] for row in found["marts"]} == {"marts.lab_baseline", "marts.lab_results"}
    assert found["results"]


def test_a_study_folder_stands_before_what_its_published_file_is_compared_with(
    before: Path, after: Path, tmp_path: Path
) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "study.yml").write_text("vars: {}\n")
    shutil.copy(after, tmp_path / "warehouse" / "cartox.duckdb")
    there = CliRunner().invoke(app, ["diff", str(tmp_path), str(before), "--json"])
    assert there.exit_code == 0, there.stderr
    files = CliRunner().invoke(app, ["diff", str(before), str(after), "--json"])
    assert json.loads(there.stdout) == json.loads(files.stdout)
    alone = CliRunner().invoke(app, ["diff", str(tmp_path)])
    assert "no version before the published one is kept" in alone.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nowhere", "nowhere"], "neither a file nor a kept version"),
        ([], "no version before the published one is kept"),
        (["{before}", "{before}"], "compared with itself"),
        (["{before}", "{before}", "{before}"], "at most two files or versions"),
    ],
)
def test_a_mistake_is_one_line(before: Path, tmp_path: Path, words: list[str], expected: str) -> None:
    given = [word.format(before=before) for word in words]
    result = CliRunner().invoke(app, ["diff", *given, "--warehouse", str(tmp_path / "cartox.duckdb")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert expected in result.stderr


def test_a_file_of_another_time_is_one_line(before: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute("create schema results; create table results.other (x integer)")
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "old.duckdb"), str(before)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "another version of cartox" in result.stderr


def test_a_run_that_replaced_another_ends_with_five_lines(
    before: Path, after: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_what_moved(before, after)
    heading, *lines = capsys.readouterr().out.strip().splitlines()
    assert heading.startswith("Against the version before")
    assert [line.split(":")[0].strip() for line in lines] == [
        "Input",
        "Rules",
        "Records",
        "Patients",
        "Results",
    ]


def test_a_version_that_cannot_be_compared_does_not_fail_the_run(
    after: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cartox.duckdb").write_bytes(b"no database")
    print_what_moved(tmp_path / "cartox.duckdb", after)
    assert "cannot be opened as a DuckDB database" in capsys.readouterr().out


def test_of_a_table_with_many_changed_rows_some_are_told_and_that_there_are_more(
    before: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "MOST_ROWS", 3)
    many = write(
        folder / "many.duckdb", "update marts.lab_results set value = value + 1 where analyte = 'ldh'"
    )
    found = difference(before, many)
    assert found.cut_off == ["marts.lab_results"]
    assert len(found.marts) == 3
    assert five_lines(found)[2] == "Records: 0 added, 0 removed, 3 or more changed"
