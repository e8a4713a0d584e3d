"""Files as a site exports them: what is declared of them is done, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.intake import LandingReport, land_sources
from cartox.intake.contract import ENTITIES
from cartox.intake.preview import TranslatedCell, translated_cells
from cartox.progress import SilentProgress
from tests.python.intake.conftest import HEADERS

PLAIN: dict[str, Any] = {
    "patients": [
        {"patient_id": "P1", "birth_date": "1960-02-05", "sex": "F"},
        {"patient_id": "P2", "birth_date": "1955-12-31", "sex": "M"},
    ],
    "toxicity_assessments": [
        {"assessment_id": "1", "patient_id": "P1", "assessed_at": "2022-02-05 08:30:00", "temperature_c": "38.5",
         "hypotension": "true", "vasopressors": "Arterenol 0.1 µg/kg/min", "ice_score": "8"},
        {"assessment_id": "2", "patient_id": "P1", "assessed_at": "2022-02-05 20:00:00", "temperature_c": "37",
         "hypotension": "false", "vasopressors": None, "ice_score": "10"},
    ],
    "lab_results": [
        {"result_id": "L1", "patient_id": "P1", "collected_at": "2022-02-05 06:00:00", "test_name": "Ferritin",
         "result": "1234.5", "unit": "µg/l", "reference_low": "30", "reference_high": "400.5"},
        {"result_id": "L2", "patient_id": "P2", "collected_at": "2022-02-06 06:00:00", "test_name": "CRP",
         "result": "<0.3", "unit": "mg/dl", "reference_low": None, "reference_high": "0.5"},
    ],
}  # fmt: skip
THEIRS = {
    "patients": {"patient_id": "PatNr", "birth_date": "Geburtsdatum", "sex": "Geschlecht"},
    "toxicity_assessments": {
        "assessment_id": "Nr", "patient_id": "PatNr", "assessed_at": "Zeitpunkt", "temperature_c": "Temperatur",
        "hypotension": "Hypotonie", "vasopressors": "Katecholamine", "ice_score": "ICE",
    },
    "lab_results": {
        "result_id": "Nr", "patient_id": "PatNr", "collected_at": "Entnahme", "test_name": "Analyt",
        "result": "Ergebnis", "unit": "Einheit", "reference_low": "von", "reference_high": "bis",
    },
}  # fmt: skip
WORDS = {"hypotension": {"true": "Ja", "false": "nein"}, "sex": {"F": "weiblich", "M": "männlich"}}
GERMAN = {
    name: {
        "date_format": "%d.%m.%Y",
        "datetime_format": "%d.%m.%Y %H:%M",
        "decimal_mark": ",",
        "columns": THEIRS[name],
        "values": {
            column: {theirs: ours for ours, theirs in words.items()}
            for column, words in WORDS.items()
            if column in THEIRS[name]
        },
    }
    for name in PLAIN
}
SEMICOLONS = {
    name: {
        **declared,
        "file": f"{name}_export.csv",
        "delimiter": ";",
        "encoding": "windows-1252",
        "header_row": 3,
    }
    for name, declared in GERMAN.items()
}
WORKBOOK = {
    name: {**declared, "file": "Daten.xlsx", "sheet": name.title()} for name, declared in GERMAN.items()
}

Land = Callable[..., Path]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """A folder with a header alone for the kinds of record that no test here fills."""
    folder = tmp_path / "extract"
    folder.mkdir()
    for name in HEADERS.keys() - PLAIN.keys():
        (folder / f"{name}.csv").write_text(HEADERS[name] + "\n")
    return folder


def landed(extract: Path, sources: Mapping[str, Any] | None = None) -> tuple[Path, LandingReport]:
    landing = extract.parent / "landing"
    return landing, land_sources(landing, SilentProgress(), extract=extract, sources=sources)


def rows(landing: Path, name: str) -> list[dict[str, Any]]:
    """What was landed, without the place that it came from."""
    table = pq.read_table(landing / "extract" / f"{name}.parquet").drop(["source_file", "line_number"])
    return [{key: value or None for key, value in row.items()} for row in table.to_pylist()]


def written_in_full(name: str) -> list[dict[str, Any]]:
    return [dict.fromkeys(ENTITIES[name].column_names) | row for row in PLAIN[name]]


def in_german(column: str, text: str | None) -> str | None:
    if text is None:
        return None
    if column in WORDS:
        return WORDS[column][text]
    if column == "birth_date":
        return datetime.fromisoformat(text).strftime("%d.%m.%Y")
    if column in ("assessed_at", "collected_at"):
        return datetime.fromisoformat(text).strftime("%d.%m.%Y %H:%M")
    if column in ("temperature_c", "vasopressors", "result", "reference_low", "reference_high"):
        return text.replace("1234.5", "1.234,5").replace(".", ",") if text != "1234.5" else "1.234,5"
    return text


def write_semicolons(extract: Path) -> None:
    for name, records in PLAIN.items():
        text = io.StringIO()
        text.write("Auszug aus dem KIS\r\n\r\n")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(THEIRS[name].values())
        writer.writerows([in_german(column, record[column]) for column in THEIRS[name]] for record in records)
        (extract / f"{name}_export.csv").write_bytes(text.getvalue().encode("windows-1252"))


def write_workbook(extract: Path) -> None:
    """As a spreadsheet program holds it: numbers and times are numbers and times, but for one sheet of texts."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, records in PLAIN.items():
        sheet = book.create_sheet(name.title())
        sheet.append(list(THEIRS[name].values()))
        for record in records:
            sheet.append([in_workbook(column, record[column]) for column in THEIRS[name]])
        for column, title in enumerate(THEIRS[name].values(), start=1):
            for row in range(2, len(records) + 2):
                if title == "Geburtsdatum":
                    sheet.cell(row, column).number_format = "dd.mm.yyyy"
    book.save(extract / "Daten.xlsx")


def in_workbook(column: str, text: str | None) -> Any:
    if text is None:
        return None
    if column in ("birth_date", "assessed_at"):
        return datetime.fromisoformat(text)
    if column in ("temperature_c", "ice_score"):
        return float(Decimal(text))
    return in_german(column, text)


@pytest.mark.parametrize(
    ("write", "sources"), [(write_semicolons, SEMICOLONS), (write_workbook, WORKBOOK)], ids=["csv", "xlsx"]
)
def test_a_german_export_lands_as_the_plain_extract_row_for_row(
    extract: Path, write: Callable[[Path], None], sources: Mapping[str, Any]
) -> None:
    write(extract)
    landing, report = landed(extract, sources)
    for name in PLAIN:
        assert rows(landing, name) == written_in_full(name)
    counted = {file.entity: (file.n_raw, file.n_landed) for file in report.files if file.entity in PLAIN}
    assert counted == dict.fromkeys(PLAIN, (2, 2))
    assert [note for note in report.notes if "ignored" in note] == []


def test_tabs_part_the_cells_of_a_tsv_file(extract: Path) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    (extract / "patients.csv").rename(extract / "patients.tsv")
    (extract / "patients.tsv").write_text("patient_id\tbirth_date\tsex\nP1\t1960-02-05\tF\n")
    landing, _ = landed(extract)
    assert rows(landing, "patients") == written_in_full("patients")[:1]


@pytest.mark.parametrize(
    ("written", "read"),
    [("38,5", "38.5"), ("1.234,5", "1234.5"), ("1.234", "1234"), ("38.5", "38,5"), ("<0,3", "<0.3"), ("39", "39"),
     ("1.000.000", "1000000"), ("2,5 mg in 100 ml, langsam", "2.5 mg in 100 ml, langsam"), ("zzqx", "zzqx"),
     ("10 000", "10000"), ("> 10 000", "> 10000"), ("10\u202f000,5 µg/l", "10000.5 µg/l"), ("1'250'000", "1250000"),
     ("12 50", "12 50"), ("1 000 mg in 100 ml", "1 000 mg in 100 ml"), ("10 000.5", "10 000,5")],
)  # fmt: skip
def test_a_number_is_read_by_the_declared_mark_alone(extract: Path, written: str, read: str) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    (extract / "lab_results.csv").write_text(
        f"result_id;patient_id;collected_at;result\n1;P1;2022-02-05;{written}\n"
    )
    landing, _ = landed(extract, {"lab_results": {"delimiter": ";", "decimal_mark": ","}})
    assert [row["result"] for row in rows(landing, "lab_results")] == [read]


@pytest.mark.parametrize(
    ("written", "read"),
    [("101.3", "38.5"), ("98.6", "37"), ("32", "0"), ("n/a", "n/a"), ("", None)],
)
def test_a_column_in_fahrenheit_is_converted(extract: Path, written: str, read: str | None) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    (extract / "toxicity_assessments.csv").write_text(
        f"assessment_id,patient_id,assessed_at,temperature_c\n1,P1,2022-02-05,{written}\n"
    )
    landing, _ = landed(extract, {"toxicity_assessments": {"units": {"temperature_c": "fahrenheit"}}})
    assert [row["temperature_c"] for row in rows(landing, "toxicity_assessments")] == [read]


def test_a_constant_stands_in_every_record_and_in_no_header(extract: Path) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    head, row = (
        "infusion_id,patient_id,infused_at,product,indication",
        "I1,P1,2022-02-01 10:00,yescarta,dlbcl",
    )
    (extract / "infusions.csv").write_text(f"{head}\n{row}\n")
    sources = {"infusions": {"constants": {"care_setting": "standard of care"}}}
    landing, report = landed(extract, sources)
    assert [one["care_setting"] for one in rows(landing, "infusions")] == ["standard of care"]
    assert all("care_setting" not in file.absent_columns for file in report.files)
    (extract / "infusions.csv").write_text(f"{head},care_setting\n{row},clinical trial\n")
    with pytest.raises(
        UserError, match=r"infusions\.csv: column care_setting stands in the header and is declared"
    ):
        landed(extract, sources)


def test_a_time_without_the_declared_form_stays_as_it_is_written(extract: Path) -> None:
    write_semicolons(extract)
    path = extract / "patients_export.csv"
    path.write_bytes(path.read_bytes().replace(b"05.02.1960", b"02/05/1960"))
    landing, _ = landed(extract, SEMICOLONS)
    assert rows(landing, "patients")[0]["birth_date"] == "02/05/1960"


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ({"patient": {}}, r"sources: nothing is known of table 'patient'; is patients meant\?"),
        ({"patients": {"delimeter": ";"}}, r"sources: patients: nothing is known of key 'delimeter'; is delimiter"),
        ({"patients": ";"}, r"sources: patients: a mapping from file, sheet, .* is expected"),
        ({"patients": {"delimiter": ";;"}}, r"sources: patients: delimiter: one sign"),
        ({"patients": {"encoding": "latin-99"}}, r"sources: patients: encoding: the name of an encoding"),
        ({"patients": {"decimal_mark": ";"}}, r"sources: patients: decimal_mark: '\.' or ',' is expected"),
        ({"patients": {"date_format": "dd.mm.yyyy"}}, r"sources: patients: date_format: %Y %m %d of strftime"),
        ({"patients": {"date_format": "%d.%m.%y"}}, r"sources: patients: date_format: %Y %m %d of strftime"),
        ({"patients": {"datetime_format": "%d.%m.%Y"}}, r"sources: patients: datetime_format: %Y %m %d %M"),
        ({"patients": {"header_row": 0}}, r"sources: patients: header_row: a whole number from 1 to 1,000"),
        ({"patients": {"header_row": True}}, r"sources: patients: header_row: a whole number from 1 to 1,000"),
        ({"patients": {"columns": {"sexx": "x"}}}, r"sources: patients: columns: nothing is known of column 'sexx'"),
        ({"patients": {"columns": {"sex": False}}}, r"sources: patients: columns: sex: put No, Yes, On and Off into"),
        ({"patients": {"values": {"sex": "F"}}}, r"sources: patients: values: sex: a mapping"),
        ({"patients": {"values": {"sex": {True: "F"}}}}, r"sources: patients: values: sex: put yes, no"),
        ({"patients": {"constants": {"sex": None}}}, r"sources: patients: constants: a text is expected"),
        ({"patients": {"units": {"sex": "fahrenheit"}}}, r"sources: patients: units: sex: nothing is known of unit"),
        ({"patients": {"file": "../x.csv"}}, r"sources: patients: file: the name of a file in the extract"),
        ({"patients": {"file": "x.txt"}}, r"sources: patients: file: .*\.csv, \.tsv, \.parquet, \.xlsx"),
        ({"patients": {"file": "x.csv"}}, r"extract: x\.csv, declared for patients, is missing"),
        ({"patients": {"sheet": "x"}}, r"sources: patients: sheet: a \.csv file has none"),
        ({"patients": {"columns": {"sex": "Geschlecht"}}},
         r"patients\.csv: column Geschlecht, declared as sex, is not in the header"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_one_line(extract: Path, sources: Mapping[str, Any], message: str) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    with pytest.raises(UserError, match=message) as caught:
        landed(extract, sources)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("sheet", "message"),
    [("Patienten", r"Daten\.xlsx:Patienten: the workbook has the sheets Patients, .* declare one"),
     (None, r"Daten\.xlsx: the workbook has the sheets Patients, .*; declare one of them as sheet")],
)  # fmt: skip
def test_a_sheet_that_is_not_there_is_named_beside_those_that_are(
    extract: Path, sheet: str | None, message: str
) -> None:
    write_workbook(extract)
    with pytest.raises(UserError, match=message):
        landed(extract, WORKBOOK | {"patients": WORKBOOK["patients"] | {"sheet": sheet}})


def test_a_formula_without_its_value_is_no_empty_cell(extract: Path) -> None:
    write_workbook(extract)
    book = openpyxl.load_workbook(extract / "Daten.xlsx")
    book["Patients"]["C2"] = '=CONCAT("weib","lich")'
    book.save(extract / "Daten.xlsx")
    with pytest.raises(UserError, match=r"Daten\.xlsx:Patients, cell C2: a formula without its value"):
        landed(extract, WORKBOOK)


def test_what_is_no_workbook_is_told_in_one_line(extract: Path) -> None:
    (extract / "Daten.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UserError, match=r"Daten\.xlsx:.*: not a workbook that can be read"):
        landed(extract, WORKBOOK)


def test_a_byte_that_is_not_of_the_encoding_is_told_with_its_line(extract: Path) -> None:
    write_semicolons(extract)
    path = extract / "patients_export.csv"
    path.write_bytes(path.read_bytes().replace(b"P2", b"P\x81"))
    with pytest.raises(UserError, match=r"patients_export\.csv, line 5: a byte that is not windows-1252"):
        landed(extract, SEMICOLONS)


@pytest.mark.parametrize(
    ("write", "sources", "line"),
    [(write_semicolons, SEMICOLONS, 4), (write_workbook, WORKBOOK, 2)],
    ids=["csv", "xlsx"],
)
def test_the_first_records_are_shown_before_and_after_without_what_identifies(
    extract: Path, write: Callable[[Path], None], sources: Mapping[str, Any], line: int
) -> None:
    write(extract)
    _, report = landed(extract, sources)
    shown = {source.entity.name: translated_cells(source) for source in report.sources}
    assert shown["infusions"] == ()
    assert {(cell.line_number, cell.column) for cell in shown["patients"]} == {
        (number, column) for number in (line, line + 1) for column in ("birth_date", "sex")
    }
    (sex,) = (cell for cell in shown["patients"] if (cell.line_number, cell.column) == (line, "sex"))
    assert (sex.before, sex.after) == ("weiblich", "F")
    results = [(cell.before, cell.after) for cell in shown["lab_results"] if cell.column == "result"]
    assert results == ([("1.234,5", "1234.5"), ("<0,3", "<0.3")] if line == 4 else [])


def test_a_constant_is_shown_and_no_more_than_the_first_records(extract: Path) -> None:
    for name in PLAIN:
        (extract / f"{name}.csv").write_text(HEADERS[name] + "\n")
    rows = "".join(f"I{number},P1,2022-02-01 10:00,yescarta,dlbcl\n" for number in range(9))
    (extract / "infusions.csv").write_text(f"infusion_id,patient_id,infused_at,product,indication\n{rows}")
    _, report = landed(extract, {"infusions": {"constants": {"care_setting": "standard of care"}}})
    (source,) = (one for one in report.sources if one.entity.name == "infusions")
    assert translated_cells(source) == (
        TranslatedCell(2, "care_setting", None, "standard of care"),
        TranslatedCell(3, "care_setting", None, "standard of care"),
    )
