"""What intake writes, and that it is written as a whole or not at all."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import cartox.intake.landed_file as landed_file
from cartox.errors import UserError
from cartox.intake.contract import ENTITIES


def test_every_contract_column_lands_as_text_in_contract_order(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients="sex,extra,PATIENT_ID , Birth_Date\nF,x,0012,1960-01-01\n")
    landing.land(extract)
    assert landing.rows("patients") == [
        {
            "patient_id": "0012",
            "birth_date": "1960-01-01",
            "sex": "F",
            "source_file": "patients.csv",
            "line_number": 2,
        }
    ]
    for entity in ENTITIES.values():
        schema = pq.read_schema(landing.folder / "extract" / f"{entity.name}.parquet")
        assert schema.names == [*entity.column_names, "source_file", "line_number"]
        assert {str(schema.field(name).type) for name in entity.column_names} == {"string"}


def test_absent_optional_column_is_null_and_empty_cell_stays_empty(write_extract: Any, landing: Any) -> None:
    extract = write_extract(
        lab_results="result_id,patient_id,collected_at,result,unit\nR1,P1,2021-01-01,,\n",
    )
    (row,) = landing.land(extract).rows("lab_results")
    assert row["result"] == ""
    assert row["unit"] == ""
    assert row["comment"] is None


def test_unknown_columns_and_other_files_are_reported(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients="patient_id,birth_date,sex,zip_code\nP1,1960-01-01,F,123\n")
    (extract / "readme.txt").write_text("hello")
    landing.land(extract)
    assert landing.report.notes == (
        "readme.txt: not a file of the extract, ignored",
        "patients.csv: column zip_code is not of the contract, ignored",
    )


def test_files_are_hashed_and_counted(write_extract: Any, landing: Any) -> None:
    text = "patient_id,birth_date,sex\nP1,1960-01-01,F\n\nP2,1961-01-01\n"
    file = landing.land(write_extract(patients=text)).file("patients")
    assert file == {
        "origin": "extract",
        "entity": "patients",
        "source_file": "patients.csv",
        "file_format": "csv",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "n_bytes": len(text),
        "n_raw": 2,
        "n_landed": 1,
        "n_rejected": 1,
        "n_not_needed": 0,
    }


def test_count_that_disagrees_with_the_reader_stops_the_landing(
    write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landed_file, "count_records", lambda source: 7)
    with pytest.raises(
        UserError, match=r"patients\.csv: 7 records were counted, but 0 landed and 0 rejected"
    ):
        landing.land(write_extract())


def test_file_that_changes_while_it_is_read_stops_the_landing(
    write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = write_extract()

    def grow(source: Any) -> Any:
        source.path.write_text("patient_id,birth_date,sex\n")
        return 0

    monkeypatch.setattr(landed_file, "count_records", grow)
    with pytest.raises(UserError, match=r"patients\.csv: the file changed while it was read"):
        landing.land(extract)


def test_failure_leaves_the_earlier_landing_and_no_remains(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients="patient_id,birth_date,sex\nP1,1960-01-01,F\n"))
    with pytest.raises(UserError):
        landing.land(write_extract(vital_status="nothing\n"))
    assert [row["patient_id"] for row in landing.rows("patients")] == ["P1"]
    assert landing.remains() == []


def test_remains_of_a_killed_run_are_removed(write_extract: Any, landing: Any) -> None:
    for state in ("building", "landed"):
        (landing.folder.parent / f".landing.{state}-0123").mkdir(parents=True)
    landing.land(write_extract())
    assert landing.remains() == []


def test_landing_is_for_its_owner_alone(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract())
    assert landing.folder.stat().st_mode & 0o077 == 0


def test_folder_with_something_else_in_it_is_not_replaced(write_extract: Any, landing: Any) -> None:
    landing.folder.mkdir(parents=True)
    (landing.folder / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="something other than a landing"):
        landing.land(write_extract())
    assert (landing.folder / "thesis.txt").exists()


def test_extract_inside_the_landing_is_not_replaced(write_extract: Any, landing: Any, tmp_path: Path) -> None:
    landing.folder = tmp_path
    with pytest.raises(UserError, match="lies in the landing folder"):
        landing.land(write_extract())
