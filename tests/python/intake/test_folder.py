"""Folders as people hand them over."""

import os
from pathlib import Path
from typing import Any

import pytest

from cartox.errors import UserError


def test_no_such_folder(landing: Any, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere: no such folder$"):
        landing.land(tmp_path / "nowhere")


def test_file_instead_of_a_folder(landing: Any, tmp_path: Path) -> None:
    (tmp_path / "extract").write_text("")
    with pytest.raises(UserError, match=r"extract: a folder is expected, this is a file$"):
        landing.land(tmp_path / "extract")


def test_empty_folder(landing: Any, tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    with pytest.raises(UserError, match=r"extract: the folder is empty$"):
        landing.land(tmp_path / "extract")


def test_missing_table_is_named(write_extract: Any, landing: Any) -> None:
    with pytest.raises(UserError, match=r"lab_results\.csv or lab_results\.parquet is missing$"):
        landing.land(write_extract(lab_results=None))


def test_file_of_another_kind_in_place_of_a_table_is_named(write_extract: Any, landing: Any) -> None:
    extract = write_extract(lab_results=None)
    (extract / "lab_results.xls").write_bytes(b"")
    with pytest.raises(UserError, match=r"is missing \(lab_results\.xls is neither\)$"):
        landing.land(extract)


def test_names_are_matched_in_any_case(write_extract: Any, landing: Any) -> None:
    extract = write_extract(vital_status="PATIENT_ID\nP1\n")
    (extract / "vital_status.csv").rename(extract / "Vital_Status.CSV")
    (row,) = landing.land(extract).rows("vital_status")
    assert row["source_file"] == "Vital_Status.CSV"


@pytest.mark.parametrize("second", ["vital_status.parquet", "VITAL_STATUS.csv"])
def test_two_files_for_a_table(write_extract: Any, landing: Any, second: Any) -> None:
    extract = write_extract()
    (extract / second).write_text("patient_id\n")
    with pytest.raises(UserError, match=r"both hold vital_status; one file per table is expected$"):
        landing.land(extract)


def test_folder_instead_of_a_file(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients=None)
    (extract / "patients.csv").mkdir()
    with pytest.raises(UserError, match=r"^patients\.csv: a file is expected, this is a folder$"):
        landing.land(extract)


def test_pipe_is_not_waited_for(write_extract: Any, landing: Any) -> None:
    extract = write_extract(patients=None)
    os.mkfifo(extract / "patients.csv")
    with pytest.raises(UserError, match=r"^patients\.csv: a regular file is expected$"):
        landing.land(extract)


def test_links_are_followed_within_the_folder(write_extract: Any, landing: Any) -> None:
    extract = write_extract(vital_status=None)
    (extract / "delivered").mkdir()
    (extract / "delivered" / "of_today.csv").write_text("patient_id\nP1\n")
    (extract / "vital_status.csv").symlink_to("delivered/of_today.csv")
    (row,) = landing.land(extract).rows("vital_status")
    assert (row["patient_id"], row["source_file"]) == ("P1", "vital_status.csv")


def test_links_out_of_the_folder_are_not_followed(write_extract: Any, landing: Any, tmp_path: Path) -> None:
    extract = write_extract(vital_status=None)
    (tmp_path / "elsewhere.csv").write_text("patient_id\nP1\n")
    (extract / "vital_status.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(UserError, match=r"^vital_status\.csv: a link that leads out of the folder; put"):
        landing.land(extract)


def test_a_folder_that_is_a_link_is_read(write_extract: Any, landing: Any, tmp_path: Path) -> None:
    (tmp_path / "today").symlink_to(write_extract(vital_status="patient_id\nP1\n"))
    assert len(landing.land(tmp_path / "today").rows("vital_status")) == 1


def test_link_that_leads_nowhere(write_extract: Any, landing: Any) -> None:
    extract = write_extract(vital_status=None)
    (extract / "vital_status.csv").symlink_to("gone.csv")
    with pytest.raises(UserError, match=r"^vital_status\.csv: a link that leads nowhere$"):
        landing.land(extract)


def test_file_without_permission(write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Any, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    extract = write_extract()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match=r"^patients\.csv: cannot be read \(Permission denied\)$"):
        landing.land(extract)


def test_folder_without_permission(landing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Any) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "extract").mkdir()
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UserError, match=r"extract: cannot be read \(Permission denied\)$"):
        landing.land(tmp_path / "extract")
