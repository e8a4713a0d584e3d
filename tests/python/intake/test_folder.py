"""Folders as people hand them over."""

import os
from pathlib import Path

import pytest

from cartox.errors import UserError
from cartox.intake import folder


def test_no_such_folder(landing, tmp_path: Path):
    with pytest.raises(UserError, match=r"nowhere: no such folder$"):
        landing.land(tmp_path / "nowhere")


def test_file_instead_of_a_folder(landing, tmp_path: Path):
    (tmp_path / "extract").write_text("")
    with pytest.raises(UserError, match=r"extract: a folder is expected, this is a file$"):
        landing.land(tmp_path / "extract")


def test_empty_folder(landing, tmp_path: Path):
    (tmp_path / "extract").mkdir()
    with pytest.raises(UserError, match=r"extract: the folder is empty$"):
        landing.land(tmp_path / "extract")


def test_missing_table_is_named(write_extract, landing):
    with pytest.raises(UserError, match=r"lab_results\.csv or lab_results\.parquet is missing$"):
        landing.land(write_extract(lab_results=None))


def test_file_of_another_kind_in_place_of_a_table_is_named(write_extract, landing):
    extract = write_extract(lab_results=None)
    (extract / "lab_results.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match=r"is missing \(lab_results\.xlsx is neither\)$"):
        landing.land(extract)


def test_names_are_matched_in_any_case(write_extract, landing):
    extract = write_extract(vital_status="PATIENT_ID\nP1\n")
    (extract / "vital_status.csv").rename(extract / "Vital_Status.CSV")
    (row,) = landing.land(extract).rows("vital_status")
    assert row["source_file"] == "Vital_Status.CSV"


@pytest.mark.parametrize("second", ["vital_status.parquet", "VITAL_STATUS.csv"])
def test_two_files_for_a_table(write_extract, landing, second):
    extract = write_extract()
    (extract / second).write_text("patient_id\n")
    with pytest.raises(UserError, match=r"both hold vital_status; one file per table is expected$"):
        landing.land(extract)


def test_folder_instead_of_a_file(write_extract, landing):
    extract = write_extract(patients=None)
    (extract / "patients.csv").mkdir()
    with pytest.raises(UserError, match=r"^patients\.csv: a file is expected, this is a folder$"):
        landing.land(extract)


def test_pipe_is_not_waited_for(write_extract, landing):
    extract = write_extract(patients=None)
    os.mkfifo(extract / "patients.csv")
    with pytest.raises(UserError, match=r"^patients\.csv: a regular file is expected$"):
        landing.land(extract)


def test_links_are_followed(write_extract, landing, tmp_path: Path):
    extract = write_extract(vital_status=None)
    (tmp_path / "elsewhere.csv").write_text("patient_id\nP1\n")
    (extract / "vital_status.csv").symlink_to(tmp_path / "elsewhere.csv")
    (row,) = landing.land(extract).rows("vital_status")
    assert (row["patient_id"], row["source_file"]) == ("P1", "vital_status.csv")


def test_link_that_leads_nowhere(write_extract, landing):
    extract = write_extract(vital_status=None)
    (extract / "vital_status.csv").symlink_to("gone.csv")
    with pytest.raises(UserError, match=r"^vital_status\.csv: a link that leads nowhere$"):
        landing.land(extract)


def test_file_without_permission(write_extract, landing, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    extract = write_extract()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match=r"^patients\.csv: cannot be read \(Permission denied\)$"):
        landing.land(extract)


def test_folder_without_permission(landing, tmp_path: Path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "extract").mkdir()
    monkeypatch.setattr(folder.Path, "iterdir", refuse)
    with pytest.raises(UserError, match=r"extract: cannot be read \(Permission denied\)$"):
        landing.land(tmp_path / "extract")
