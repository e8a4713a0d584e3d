"""Of a vocabulary the rows about concepts that the records use are landed; the others are counted, and none is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartox.intake import LandedFile, land_sources
from cartox.intake.contract import TABLES
from cartox.intake.csv_reader import CsvReader
from cartox.intake.plain_csv_reader import NotPlainError, PlainCsvReader
from cartox.intake.records import SourceFile
from cartox.progress import SilentProgress
from tests.python.conftest import PlanProject
from tests.python.omop.conftest import FROM_OMOP
from tests.spec.compiled_project import connect, land_folder

HUGE = 2**63 - 1
DRUGS = (
    "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_type_concept_id,drug_source_concept_id\n"
    f"1,1,55,2022-03-01,32818,0\n2,1, -7.0 ,2022-03-01,32818,{HUGE}\n3,1,,2022-03-01,32818,none\n"
)
ANCESTORS = (
    ("55", "1518254"),
    ("56", "1518254"),
    ("-7", "1"),
    (str(HUGE), "2"),
    ("9", "55"),
    ("", "4"),
    ("58", "six"),
)
KEPT = [("55", 2), ("-7", 4), (str(HUGE), 5), ("58", 8)]


def text(quote: str = "", separator: str = ",", line_end: str = "\n") -> str:
    records = [("Descendant_Concept_ID", "ANCESTOR_CONCEPT_ID"), *ANCESTORS]
    return "".join(
        separator.join(f"{quote}{cell}{quote}" for cell in record) + line_end for record in records
    )


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def landed(omop: Path, landing: Path, table: str) -> tuple[LandedFile, list[dict[str, Any]]]:
    report = land_sources(landing, SilentProgress(), omop=omop, required=())
    (file,) = (file for file in report.files if file.entity == table)
    return file, pq.read_table(landing / "omop" / f"{table}.parquet").to_pylist()


@pytest.mark.parametrize(
    "content",
    [
        text(),
        text(line_end="\r\n"),
        text().rstrip("\n"),
        "\ufeff" + text(),
        text(separator="\t"),
        text(quote='"'),
        text(separator="\t", quote='"'),
    ],
)
def test_rows_about_used_concepts_and_unreadable_ones_land_with_their_lines(
    tmp_path: Path, content: str
) -> None:
    omop = write(tmp_path / "cdm", {"drug_exposure.csv": DRUGS, "CONCEPT_ANCESTOR.csv": content})
    file, rows = landed(omop, tmp_path / "landing", "concept_ancestor")
    assert [(row["descendant_concept_id"], row["line_number"]) for row in rows] == KEPT
    assert (file.n_raw, file.n_landed, file.n_rejected, file.n_not_needed) == (7, 4, 0, 3)


def test_a_database_and_parquet_keep_the_same_rows(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "site.duckdb")) as database:
        drugs = write(tmp_path / "text", {"drugs.csv": DRUGS}) / "drugs.csv"
        database.execute(f"create table drug_exposure as from read_csv('{drugs}', all_varchar = true)")
        database.execute(
            "create table concept_ancestor (descendant_concept_id varchar, ancestor_concept_id varchar)"
        )
        database.executemany("insert into concept_ancestor values (?, ?)", [list(pair) for pair in ANCESTORS])
        (tmp_path / "cdm").mkdir()
        for table in ("drug_exposure", "concept_ancestor"):
            database.execute(f"copy {table} to '{tmp_path}/cdm/{table}.parquet' (format parquet)")
    for source in ("site.duckdb", "cdm"):
        file, rows = landed(tmp_path / source, tmp_path / "landing", "concept_ancestor")
        assert [(row["descendant_concept_id"], row["line_number"] + 1) for row in rows] == KEPT
        assert (file.n_raw, file.n_landed, file.n_not_needed) == (7, 4, 3)


@pytest.mark.parametrize("odd", ["55,1,2\n", "55,1,\0\n", "\n\n"])
def test_a_file_that_is_not_plain_is_read_with_care(tmp_path: Path, odd: str) -> None:
    content = "descendant_concept_id,ancestor_concept_id\n" + "55,1\n" * 3 + odd + "56,1\n55,7\n"
    omop = write(tmp_path / "cdm", {"drug_exposure.csv": DRUGS, "concept_ancestor.csv": content})
    file, rows = landed(omop, tmp_path / "landing", "concept_ancestor")
    lines_between = odd.count("\n")
    assert [row["line_number"] for row in rows] == [2, 3, 4, 6 + lines_between]
    assert (file.n_landed, file.n_not_needed) == (4, 1)
    rejected = pq.read_table(tmp_path / "landing" / "rejected_records.parquet").to_pylist()
    assert [record["line_number"] for record in rejected] == ([5] if odd.strip() else [])


def test_without_records_no_concept_is_used(tmp_path: Path) -> None:
    omop = write(tmp_path / "cdm", {"concept_ancestor.csv": text()})
    file, rows = landed(omop, tmp_path / "landing", "concept_ancestor")
    assert [row["ancestor_concept_id"] for row in rows] == ["six"]
    assert file.n_not_needed == 6


def test_rows_that_are_not_kept_are_told_of(tmp_path: Path, project_with: PlanProject) -> None:
    omop = write(tmp_path / "cdm", {"drug_exposure.csv": DRUGS, "concept_ancestor.csv": text()})
    land_sources(tmp_path / "landing", SilentProgress(), omop=omop, required=())
    connection = connect()
    land_folder(connection, tmp_path / "landing")
    project = project_with({"record_sources": dict(FROM_OMOP)})
    project.upstream_of("cdm_rows", "record_conservation").build(connection)
    assert connection.execute(
        "select became, reason, n_rows from marts.cdm_rows where cdm_table = 'concept_ancestor' order by 1"
    ).fetchall() == [("no record", "concept_not_used", 3), ("vocabulary", "read", 3)]
    assert connection.execute(
        "select n_raw, n_accepted, n_quarantined from marts.record_conservation where entity = 'concept_ancestor'"
    ).fetchall() == [(7, 6, 1)]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=5) | st.sampled_from(
    ["", '"', "\0", "\\", "'", " ", "NULL", "\ufeff", "\u2028", "1", "a,b", "a\tb"]
)


@settings(max_examples=200, deadline=None)
@given(
    records=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6),
    separator=st.sampled_from([",", "\t"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quotes=st.booleans(),
)
def test_what_is_read_fast_is_what_is_read_with_care(
    records: list[list[str]], separator: str, line_end: str, quotes: bool
) -> None:
    header = ["ancestor_concept_id", "x", "descendant_concept_id"]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "concept_ancestor.csv")
        path.write_bytes(line_end.join(separator.join(record) for record in [header, *records]).encode())
        source = SourceFile(TABLES["concept_ancestor"], path, "csv", "omop", separator, quotes)
        try:
            fast = read(PlainCsvReader(source))
        except NotPlainError:
            return
        assert fast == read(CsvReader(source))


def read(reader: Any) -> tuple[list[Any], int]:
    with reader.open() as stream:
        _, batches = reader.read(stream)
        found = list(batches)
    rows = [
        row
        for batch in found
        for row in zip(
            *(cells.to_pylist() for cells in batch.columns), batch.line_numbers.to_pylist(), strict=True
        )
    ]
    return rows, sum(len(batch.rejected) for batch in found)


def test_a_plain_file_is_read_fast(tmp_path: Path) -> None:
    path = tmp_path / "concept_ancestor.csv"
    path.write_text("ancestor_concept_id,descendant_concept_id\n1,55\n,7\n")
    source = SourceFile(TABLES["concept_ancestor"], path, "csv", "omop")
    assert read(PlainCsvReader(source)) == ([("1", "55", 2), ("", "7", 3)], 0)
