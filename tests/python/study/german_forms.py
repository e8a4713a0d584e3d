"""A plain extract written as a German site's systems would: a semicolon export, and a workbook with a sheet for each table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from cartox.intake.contract import ENTITIES, Column

FORMS = {"%Y-%m-%d": "%d.%m.%Y", "%Y-%m-%d %H:%M:%S": "%d.%m.%Y %H:%M:%S"}
FLAGS = {"true": "ja", "false": "nein"}
NUMBER = re.compile(r"\d[\d.,]*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SWAPPED = str.maketrans(",.", ".,")
TITLE = "Auszug aus dem KIS, nicht zur Weitergabe"
Rows = list[dict[str, str]]


def read_plain(extract: Path, patients: frozenset[str]) -> dict[str, Rows]:
    """The records of some patients, by table, with every text that a mart quotes in its plainest form.

    Times have seconds, true and false are in small letters, and no number has separators of thousands.
    """
    found = {}
    for name, entity in ENTITIES.items():
        columns = {column.name: column for column in entity.columns}
        with (extract / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = [
                {key: _plainest(columns[key], cell) for key, cell in row.items()}
                for row in csv.DictReader(file)
                if row["patient_id"] in patients
            ]
    return found


def _plainest(column: Column, cell: str) -> str:
    if column.type == "flag":
        return cell.strip().lower()
    if column.type == "time" and len(cell) == len("2022-02-05 08:30"):
        return f"{cell}:00"
    return THOUSANDS.sub("", cell) if column.holds_numbers else cell


def write_plain(tables: Mapping[str, Rows], folder: Path) -> dict[str, Any]:
    """Write the records as the contract has them; nothing is to be declared."""
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return {}


def write_semicolons(tables: Mapping[str, Rows], folder: Path) -> dict[str, Any]:
    """Write the records as a semicolon export in Windows-1252; return what is to be declared of it."""
    folder.mkdir()
    for name, rows in tables.items():
        text = io.StringIO()
        text.write(f"{TITLE}\r\n")
        writer = csv.writer(text, delimiter=";")
        writer.writerow([_title(column) for column in rows[0]])
        columns = {column.name: column for column in ENTITIES[name].columns}
        writer.writerows([_in_german(columns[key], cell) for key, cell in row.items()] for row in rows)
        (folder / f"{name}_export.csv").write_bytes(text.getvalue().encode("windows-1252"))
    return {
        name: {
            "file": f"{name}_export.csv", "delimiter": ";", "encoding": "windows-1252", "header_row": 2, "decimal_mark": ",",
            "date_format": "%d.%m.%Y", "datetime_format": "%d.%m.%Y %H:%M:%S", **_declared(name, rows),
        }
        for name, rows in tables.items()
    }  # fmt: skip


def write_workbook(tables: Mapping[str, Rows], folder: Path) -> dict[str, Any]:
    """Write the records as one workbook, in which times are times and numbers are numbers; return what is to be declared."""
    folder.mkdir()
    book = openpyxl.Workbook(write_only=True)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        columns = {column.name: column for column in ENTITIES[name].columns}
        sheet.append([_title(column) for column in rows[0]])
        for row in rows:
            sheet.append([_in_workbook(columns[key], cell) for key, cell in row.items()])
    book.save(folder / "Daten.xlsx")
    return {
        name: {"file": "Daten.xlsx", "sheet": name, **_declared(name, rows)} for name, rows in tables.items()
    }


def _declared(name: str, rows: Rows) -> dict[str, Any]:
    flags = (column.name for column in ENTITIES[name].columns if column.type == "flag")
    return {
        "columns": {column: _title(column) for column in rows[0]},
        "values": {flag: {theirs: ours for ours, theirs in FLAGS.items()} for flag in flags},
    }


def _title(column: str) -> str:
    return f"Feld {column.upper()}"


def _in_german(column: Column, cell: str) -> str:
    if column.type == "flag":
        return FLAGS.get(cell.strip().lower(), cell)
    if column.type in ("date", "time"):
        return next((time.strftime(FORMS[form]) for form, time in _times(cell)), cell)
    if column.type in ("number", "integer") or column.holds_numbers:
        return NUMBER.sub(lambda found: found[0].translate(SWAPPED), cell)
    return cell


def _in_workbook(column: Column, cell: str) -> Any:
    if column.type in ("date", "time"):
        return next((time for _, time in _times(cell)), cell or None)
    if column.type in ("number", "integer") and re.fullmatch(r"\d+(\.\d*[1-9])?", cell):
        return float(cell) if "." in cell else int(cell)
    return FLAGS.get(cell.strip().lower(), cell) if column.type == "flag" else cell or None


def _times(cell: str) -> Iterator[tuple[str, datetime]]:
    for form in FORMS:
        try:
            time = datetime.strptime(cell, form)
        except ValueError:
            continue
        if time.strftime(form) == cell:
            yield form, time
