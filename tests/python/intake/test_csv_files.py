"""CSV as sites write it: what is read, what is quarantined, what rejects the file."""

import csv
import io
from typing import Any

import pytest
import yaml

from cartox.errors import UserError
from cartox.intake import csv_reader, fingerprint
from cartox.intake.bounds import LONGEST_CELL

HEADER = "patient_id,birth_date,sex\n"


def cells(landing: Any) -> list[tuple[str, str, str]]:
    return [(row["patient_id"], row["birth_date"], row["sex"]) for row in landing.rows("patients")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(write_extract: Any, landing: Any, line_end: str) -> None:
    text = (HEADER + "P1,1960-01-01,F\n\nP2,1961-01-01,M").replace("\n", line_end)
    landing.land(write_extract(patients=text.encode()))
    assert cells(landing) == [("P1", "1960-01-01", "F"), ("P2", "1961-01-01", "M")]
    assert [row["line_number"] for row in landing.rows("patients")] == [2, 4]


def test_mixed_line_ends(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients=b"patient_id,birth_date,sex\r\nP1,a,F\rP2,b,M\nP3,c,F\r\n"))
    assert [(row["patient_id"], row["line_number"]) for row in landing.rows("patients")] == [
        ("P1", 2),
        ("P2", 3),
        ("P3", 4),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_is_no_part_of_the_header(write_extract: Any, landing: Any, mark: Any) -> None:
    landing.land(write_extract(patients=mark + b'"patient_id",birth_date,sex\nP\xc3\xa9,a,F\n'))
    assert cells(landing) == [("Pé", "a", "F")]


def test_cell_text_is_untouched(write_extract: Any, landing: Any) -> None:
    line = '" P1 ","a\r\nb\rc\n""d"", e",\t=cmd|\'x\'!A1\u2028\x85\n'
    landing.land(write_extract(patients=HEADER + line + "P2,x,y\n"))
    assert cells(landing) == [
        (" P1 ", 'a\r\nb\rc\n"d", e', "\t=cmd|'x'!A1\u2028\x85"),
        ("P2", "x", "y"),
    ]
    assert [row["line_number"] for row in landing.rows("patients")] == [2, 6]


def test_blank_lines_count_for_nothing(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients="\n\n" + HEADER + "\nP1,a,F\n\n\n"))
    assert cells(landing) == [("P1", "a", "F")]
    assert landing.rows("patients")[0]["line_number"] == 5
    assert landing.file("patients")["n_raw"] == 1


def test_ragged_records_are_kept_aside_with_line_and_text(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients=HEADER + 'P1,a\nP2,b,M\n"P3\nx",c,F,more\r\nP4'))
    assert cells(landing) == [("P2", "b", "M")]
    assert [(row["line_number"], row["reason"], row["raw_record"]) for row in landing.rejected()] == [
        (2, "ragged_record", "P1,a"),
        (4, "ragged_record", '"P3\nx",c,F,more'),
        (6, "ragged_record", "P4"),
    ]
    assert {row["entity"] for row in landing.rejected()} == {"patients"}


def test_stray_quote_that_swallows_a_record_is_kept_aside(write_extract: Any, landing: Any) -> None:
    swallowed = 'P1,a,"F\nP2,b,"M"'
    landing.land(write_extract(patients=HEADER + swallowed + "\nP3,c,F\n"))
    assert cells(landing) == [("P3", "c", "F")]
    (record,) = landing.rejected()
    assert (record["line_number"], record["reason"], record["raw_record"]) == (
        2,
        "malformed_quotes",
        swallowed,
    )


def test_nul_byte_is_kept_aside(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients=HEADER + "P1\0,a,F\nP2,b,M\n"))
    assert cells(landing) == [("P2", "b", "M")]
    (record,) = landing.rejected()
    assert (record["line_number"], record["reason"], record["raw_record"]) == (2, "nul_byte", "P1␀,a,F")


def test_cell_as_long_as_may_be(write_extract: Any, landing: Any) -> None:
    text = "ä" * LONGEST_CELL
    landing.land(write_extract(patients=HEADER + f"P1,{text},F\n"))
    assert landing.rows("patients")[0]["birth_date"] == text


@pytest.mark.parametrize("quote", ["", '"'])
def test_cell_that_is_longer_rejects_the_file(write_extract: Any, landing: Any, quote: str) -> None:
    text = "ä" * (LONGEST_CELL + 1)
    with pytest.raises(UserError, match=r"^patients\.csv, line 3: a cell of more than 100,000 characters$"):
        landing.land(write_extract(patients=HEADER + f"P1,a,F\nP2,{quote}{text}{quote},F\n"))


def test_records_of_many_batches(write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reader, "_BATCH_RECORDS", 3)
    lines = [f"P{number},a,F" if number % 4 else f"P{number}" for number in range(20)]
    landing.land(write_extract(patients=HEADER + "\n".join(lines)))
    assert [row["line_number"] for row in landing.rows("patients")] == [n + 2 for n in range(20) if n % 4]
    assert [row["line_number"] for row in landing.rejected()] == [2, 6, 10, 14, 18]


@pytest.mark.parametrize(
    "text",
    ['P1,a,F\nP2,"b,M\nP3,c,F\n', 'P1,a,F\nP2,"b', 'P1,a,F\nP2,b,"M""\n', 'P1,a,F\nP2,b,"'],
)
def test_unclosed_quote_rejects_the_file_and_names_the_line(
    write_extract: Any, landing: Any, text: str
) -> None:
    with pytest.raises(
        UserError, match=r"^patients\.csv, line 3: a quote opened in this record is never closed$"
    ):
        landing.land(write_extract(patients=HEADER + text))


def test_unclosed_quote_does_not_fill_the_memory(
    write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_reader, "LONGEST_RECORD", 1000)
    with pytest.raises(UserError, match=r"^patients\.csv, line 3: this record is endless"):
        landing.land(write_extract(patients=HEADER + 'P1,a,F\nP2,"b,M\n' + "P3,c,F\n" * 500))


def test_unclosed_quote_in_the_header(write_extract: Any, landing: Any) -> None:
    with pytest.raises(UserError, match=r"^patients\.csv, line 1: a quote"):
        landing.land(write_extract(patients='patient_id,"birth_date,sex\nP1,a,F\n'))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER.encode() + b"P1,a,F\nP2,\xff,M\n", 3),
        (HEADER.encode().replace(b"\n", b"\r\n") + b"P1,a,F\r\n\r\n\xe9t\xe9", 4),
        (HEADER.encode() + b"P1,a,\xc3", 2),
        (HEADER.encode() + b"P1,a,F\r" * 200_000 + b"\x80", 200_002),
    ],
)
def test_byte_that_is_not_utf8_rejects_the_file_and_names_the_line(
    write_extract: Any, landing: Any, content: Any, line: Any
) -> None:
    with pytest.raises(UserError, match=rf"^patients\.csv, line {line}: a byte that is not UTF-8$"):
        landing.land(write_extract(patients=content))


@pytest.mark.parametrize("bad", [b"\xe2\x82x", "€€".encode() + b"\xff"])
@pytest.mark.parametrize("chunk", range(1, 9))
def test_line_of_a_bad_byte_does_not_hang_on_how_the_file_is_read(
    write_extract: Any, landing: Any, monkeypatch: pytest.MonkeyPatch, chunk: int, bad: bytes
) -> None:
    monkeypatch.setattr(fingerprint, "_CHUNK_BYTES", chunk)
    content = "patient_id,birth_date,sex\r\nPé€,a\r\n\rb\n".encode() + bad
    with pytest.raises(UserError, match=r"^patients\.csv, line 5: a byte that is not UTF-8$"):
        landing.land(write_extract(patients=content))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(write_extract: Any, landing: Any, encoding: Any) -> None:
    with pytest.raises(UserError, match=r"^patients\.csv: this is UTF-16 text; CSV in UTF-8 is expected$"):
        landing.land(write_extract(patients=(HEADER + "P1,a,F\n").encode(encoding)))


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"PAR1", "a Parquet file"), (b"PK\x03\x04", "a zip file"), (b"\x1f\x8b", "a gzip file")],
)
def test_other_kinds_of_file_are_named(write_extract: Any, landing: Any, start: Any, kind: Any) -> None:
    with pytest.raises(UserError, match=rf"^patients\.csv: this is {kind}"):
        landing.land(write_extract(patients=start + b"\x00\x01"))


@pytest.mark.parametrize("content", ["", "\n\r\n"])
def test_file_without_a_header(write_extract: Any, landing: Any, content: Any) -> None:
    with pytest.raises(UserError, match=r"^patients\.csv: the file is empty, a header is expected$"):
        landing.land(write_extract(patients=content))


def test_missing_required_columns_are_named_and_the_first_line_is_not_repeated(
    write_extract: Any, landing: Any
) -> None:
    with pytest.raises(UserError) as caught:
        landing.land(write_extract(patients="patient_id,Jane Doe,Jane Doe\n"))
    assert str(caught.value) == (
        "patients.csv: required columns birth_date, sex missing from the header. In the study file's sources: "
        "columns: {birth_date: NAME}, where it has another name there"
    )


@pytest.mark.parametrize(("separator", "words"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_hinted_at(write_extract: Any, landing: Any, separator: Any, words: Any) -> None:
    with pytest.raises(UserError) as caught:
        landing.land(write_extract(patients=HEADER.replace(",", separator)))
    told, _, declared = str(caught.value).partition(". In the study file's sources: ")
    assert told.endswith(f"it looks separated by {words}, commas are expected")
    assert yaml.safe_load(declared) == {"delimiter": separator}


@pytest.mark.parametrize("header", ["patient_id,birth_date,sex, SEX ", "patient_id,birth_date,sex,zip,ZIP"])
def test_column_that_stands_twice_rejects_the_file(write_extract: Any, landing: Any, header: Any) -> None:
    with pytest.raises(UserError, match=r"^patients\.csv: column (sex|zip) stands twice in the header$"):
        landing.land(write_extract(patients=header + "\n"))


def test_unnamed_columns_do_no_harm(write_extract: Any, landing: Any) -> None:
    landing.land(write_extract(patients="patient_id,birth_date,sex,,\nP1,a,F,,\n"))
    assert cells(landing) == [("P1", "a", "F")]


def test_header_is_printed_on_one_line_whatever_stands_in_it(write_extract: Any, landing: Any) -> None:
    name = "x\n\x1b[31m" + "y" * 500
    landing.land(write_extract(patients=f'patient_id,birth_date,sex,"{name}"\n'))
    (note,) = landing.report.notes
    assert note.isprintable()
    assert len(note) < 150


def test_lines_are_counted_as_python_does(write_extract: Any, landing: Any) -> None:
    text = HEADER + 'P1,"a\n\nb",F\n\n"",,\n,,\nP2\n'
    landing.land(write_extract(patients=text))
    expected = [record for record in csv.reader(io.StringIO(text)) if record][1:]
    file = landing.file("patients")
    assert (file["n_raw"], file["n_landed"], file["n_rejected"]) == (len(expected), 3, 1)
