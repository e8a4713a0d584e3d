"""Where a study declares the decimal mark: of a file or of its records, not of both."""

from pathlib import Path

import pytest

from cartox.errors import UserError
from cartox.study.folder import open_study


def study(folder: Path, mark: str, of_file: str) -> Path:
    (folder / "study.yml").write_text(
        f"vars:\n  decimal_marks: {{lab_results: '{mark}', medication_administrations: ','}}\n"
        f"sources:\n  lab_results: {{delimiter: ';', decimal_mark: '{of_file}'}}\n"
    )
    return folder


def test_commas_are_declared_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"study\.yml: lab_results: the decimal mark is declared twice"):
        open_study(study(tmp_path, ",", ","))


@pytest.mark.parametrize(("mark", "of_file"), [(".", ","), (",", "."), (".", ".")])
def test_one_mark_of_the_two_is_as_it_is_meant(tmp_path: Path, mark: str, of_file: str) -> None:
    assert open_study(study(tmp_path, mark, of_file)).sources["lab_results"]["decimal_mark"] == of_file
