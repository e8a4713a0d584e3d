"""Numbers in texts of a file whose decimal mark is a comma and that does not say so."""

from __future__ import annotations

import pytest

from cartox.progress import SilentProgress
from cartox.validation import LikelyCause, validate
from tests.python.validation.test_findings import write_extract

DOSES = """administration_id;patient_id;medication;dose;dose_unit;route;started_at;status
A1;P1;dexamethasone;62,5;mg;iv;2022-03-03 10:00;given
A2;P1;methylprednisolone;1.000;mg;iv;2022-03-03 10:00;given
A3;P1;dexamethasone;1.000 mg;;iv;2022-03-03 10:00;given
A4;P1;dexamethasone;4;mg;iv;2022-03-03 10:00;given
"""
RESULTS = """result_id,patient_id,test_name,collected_at,result,unit,reference_high
L1,P1,ferritin,2022-03-03 06:00,1.236,ng/mL,"30,5"
L2,P1,ferritin,2022-03-04 06:00,"1,236",ng/mL,"< 0,5"
"""
DECLARATION = "decimal_mark: ','"


@pytest.fixture(scope="module")
def causes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[LikelyCause, ...]]:
    extract = write_extract(tmp_path_factory.mktemp("commas") / "extract")
    doses = DOSES.replace(",", "\0").replace(";", ",").replace("62\0" + "5", '"62,5"')
    (extract / "medication_administrations.csv").write_text(doses)
    (extract / "lab_results.csv").write_text(RESULTS)
    return {file.entity: file.likely_causes for file in validate(extract, {}, SilentProgress()).files}


def test_decimal_commas_are_asked_about_with_the_declaration_and_what_it_would_make_of_points(
    causes: dict[str, tuple[LikelyCause, ...]],
) -> None:
    found = [
        (one.column, one.n_cells, one.first_line, one.declaration, one.cause.split(" ")[0])
        for one in causes["medication_administrations"]
    ]
    assert found == [("dose", 2, 3, DECLARATION, "points"), ("dose", 1, 2, DECLARATION, "decimal")]


def test_points_alone_are_decimal_points_and_a_comma_before_three_digits_tells_nothing(
    causes: dict[str, tuple[LikelyCause, ...]],
) -> None:
    found = [(one.column, one.n_cells, one.first_line) for one in causes["lab_results"]]
    assert found == [("reference_high", 2, 2)]
