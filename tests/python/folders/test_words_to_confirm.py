"""`cartox words`: what is unmapped, what hangs on it, and rows that wait for somebody to confirm them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from cartox.intake import LandingReport
from cartox.study import Study, project_of
from cartox.validation.judged import Judged
from cartox.validation.print_words import print_words
from cartox.validation.words import UnmappedWords, read_unmapped, write_to_confirm
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

TIME = "2022-03-01 10:00"
PEOPLE = [f"P{number}" for number in range(1, 7)]
FEW = PEOPLE[:2]
THRESHOLD = 5


def records() -> dict[str, list[dict[str, Any]]]:
    """Words that all six patients have, and one that two of them have."""
    return {
        "patients": [{"patient_id": one, "birth_date": "1960-01-01", "sex": "F"} for one in PEOPLE],
        "infusions": [
            *({"infusion_id": f"I{one}", "patient_id": one, "product": "Kymria [2]"} for one in PEOPLE),
            *({"infusion_id": f"J{one}", "patient_id": one, "product": "mr smith's own cells"} for one in FEW),
        ],
        "medication_administrations": [
            {
                "administration_id": f"{one}-{number}", "patient_id": one, "medication": "anakinra", "route": "subkutanos",
                "frequency": "now and then", "status": "given", "started_at": TIME,
            }
            for one in PEOPLE
            for number in range(3)
        ],
        "lab_results": [
            {
                "result_id": one, "patient_id": one, "test_name": "Ferritin", "specimen": "serum", "collected_at": TIME,
                "result": "3", "unit": "spoons",
            }
            for one in PEOPLE
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def unmapped(compiled_project: CompiledProject) -> UnmappedWords:
    connection = connect()
    land_rows(connection, records())
    models = ("int_terminology__terms", "int_labs__unit_terms", "int_exposure__unit_terms")
    compiled_project.upstream_of(*models).build(connection)
    landed = cast(LandingReport, None)
    return read_unmapped(Judged(connection, landed, (), THRESHOLD, (), PROJECT))


def test_words_are_listed_by_what_hangs_on_them(unmapped: UnmappedWords) -> None:
    found = [(word.column, word.word, word.n_records, word.n_patients) for word in unmapped.words]
    assert sorted(found) == [
        ("frequency", "now and then", 18, 6),
        ("product", "kymria [2]", 6, 6),
        ("route", "subkutanos", 18, 6),
        ("unit", "spoons", 6, 6),
    ]
    hanging = [column for _, column in unmapped.columns]
    assert set(hanging[:2]) == {"frequency", "route"}


def test_the_nearest_known_concepts_are_named(unmapped: UnmappedWords) -> None:
    nearest = {word.column: word.nearest for word in unmapped.words}
    assert nearest["product"][0] == "tisagenlecleucel"
    assert nearest["route"][0] == "subcutaneous"
    assert nearest["frequency"] == ()


def test_a_word_of_few_patients_is_counted_and_neither_named_nor_written(
    unmapped: UnmappedWords, study: Study
) -> None:
    assert unmapped.n_withheld == {("infusions", "product"): 1}
    files = write_to_confirm(study, unmapped)
    assert "smith" not in "".join(file.read_text() for file in files)


def test_rows_to_confirm_are_rows_of_their_table_and_not_in_force(
    unmapped: UnmappedWords, study: Study
) -> None:
    files = {file.name: file for file in write_to_confirm(study, unmapped)}
    assert sorted(files) == ["lab_units.csv", "words_products.csv", "words_routes.csv"]
    assert {file.stat().st_mode & 0o777 for file in files.values()} == {0o600}
    with files["words_products.csv"].open() as file:
        assert list(csv.DictReader(file)) == [
            {
                "word": "kymria [2]",
                "concept": "tisagenlecleucel",
                "language": "",
                "source": "to confirm: 6 records",
            }
        ]
    seed = Path("seeds/terminology/words_products.csv")
    with project_of(study) as project:
        assert (project / seed).read_bytes() == (PROJECT / seed).read_bytes()
    files["words_products.csv"].replace(study.root / "words" / "words_products.csv")
    with project_of(study) as project:
        assert "kymria [2],tisagenlecleucel,und,to confirm: 6 records" in (project / seed).read_text()


def test_another_call_replaces_what_was_to_confirm(unmapped: UnmappedWords, study: Study) -> None:
    write_to_confirm(study, unmapped)
    assert write_to_confirm(study, UnmappedWords((), {}, THRESHOLD)) == []
    assert list((study.root / "words" / "to_confirm").iterdir()) == []


@pytest.mark.parametrize("width", [60, 80])
def test_what_is_printed_fits_and_says_what_hangs_on_a_word(unmapped: UnmappedWords, width: int) -> None:
    console = Console(file=io.StringIO(), width=width)
    print_words(unmapped, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, printed.splitlines())) <= width
    assert "kymria [2]" in printed
    assert (
        "1 of fewer than 5 patients each not named here; cartox validate --words FILE writes them, for you alone."
        in " ".join(printed.split())
    )
    assert "Not known without it: whether the product is of the study's kind" in " ".join(printed.split())
