"""Mutilated extracts: every raw record is accounted for, or one line refuses the extract; and the judge sees what it should."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartox.intake import land
from cartox.progress import SilentProgress
from tests.faults.corrupter import MUTILATIONS, SEED, mutilate
from tests.faults.judgement import faults_of_accounts, faults_of_landing, faults_of_message, identifying_cells
from tests.faults.records_only import RecordModels, try_extracts
from tests.faults.second_count import csv_records
from tests.faults.small_extract import SmallExtract, drawn_from, write_csv
from tests.spec.compiled_project import CompiledProject

PARTS = 3


@pytest.fixture(scope="session")
def extract(study_landing: Path) -> SmallExtract:
    return drawn_from(study_landing.with_name("extract"))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_mutilation_once(compiled_project: CompiledProject, extract: SmallExtract, part: int) -> None:
    outcomes = try_extracts(compiled_project, extract, range(part, len(MUTILATIONS), PARTS), SEED)
    assert [o for o in outcomes if o.violations or o.traceback] == []
    assert {o.was_refused for o in outcomes} == {True, False}


def test_same_number_gives_the_same_extract(extract: SmallExtract, tmp_path: Path) -> None:
    for name in ("once", "again"):
        mutilate(extract, 3, tmp_path / name)
    contents = [
        [path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("once", "again")
    ]
    assert contents[0] == contents[1]
    assert contents[0] != [
        path.read_bytes() for path in sorted(write_csv(extract, tmp_path / "good").iterdir())
    ]


@given(st.text(st.sampled_from('ab,"\n\r ') | st.characters(codec="utf-8"), max_size=40))
def test_second_count_agrees_with_the_csv_module(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "counted.csv"
    path.write_bytes(f"h\n{text}".encode())
    expected = [tuple(record) for record in csv.reader(io.StringIO(f"h\n{text}", newline="")) if record][1:]
    assert [record.fields for record in csv_records(path)[1]] == expected


@pytest.fixture(scope="module")
def landed(extract: SmallExtract, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("landed")
    text = (write_csv(extract, folder / "extract") / "patients.csv").read_text()
    (folder / "extract" / "patients.csv").write_text(f"{text}ragged\n")
    land(folder / "extract", folder / "landing", SilentProgress())
    return folder / "extract", folder / "landing"


def without_first_row(table: pa.Table) -> pa.Table:
    return table.slice(1)


def first_row_twice(table: pa.Table) -> pa.Table:
    return pa.concat_tables([table.slice(1), table.slice(1, 1)])


def one_cell_changed(table: pa.Table) -> pa.Table:
    cells = table.column(0).to_pylist()
    return table.set_column(0, table.schema.field(0), pa.array([f"{cells[0]} ", *cells[1:]], pa.string()))


@pytest.mark.parametrize("spoil", [without_first_row, first_row_twice, one_cell_changed])
def test_judge_sees_a_spoilt_landing(
    landed: tuple[Path, Path], tmp_path: Path, spoil: Callable[[pa.Table], pa.Table]
) -> None:
    folder, landing = landed
    assert faults_of_landing(folder, landing) == []
    shutil.copytree(landing, tmp_path / "landing")
    file = tmp_path / "landing" / "extract" / "lab_results.parquet"
    pq.write_table(spoil(pq.read_table(file)), file)
    assert faults_of_landing(folder, tmp_path / "landing")


def test_judge_sees_a_quarantined_record_that_is_not_shown(
    landed: tuple[Path, Path], compiled_project: CompiledProject
) -> None:
    connection = RecordModels(compiled_project).build(landed[1])
    assert faults_of_accounts(connection, landed[1]) == []
    connection.execute("delete from marts.quarantined_records where entity = 'patients'")
    assert faults_of_accounts(connection, landed[1]) == [
        "patients: 1 quarantined, 0 shown, 0 of them different"
    ]


@pytest.mark.parametrize(
    ("message", "n_faults"),
    [
        ("patients.csv, line 3: a byte that is not UTF-8", 0),
        ("a byte that is not UTF-8", 1),
        ("patients.csv: column x\nmissing", 1),
        ("patients.csv: cell {cell} is wrong", 1),
    ],
)
def test_judge_of_messages(
    extract: SmallExtract, landed: tuple[Path, Path], message: str, n_faults: int
) -> None:
    cell: Any = extract["patients"].records[0][0]
    found = faults_of_message(message.format(cell=cell), landed[0], identifying_cells(extract))
    assert len(found) == n_faults
