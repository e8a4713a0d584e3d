"""Rows of a site's own: read as data, held against what the package says of the seed, and refused in one line each."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cartox.errors import UserError
from cartox.study.seeds import Seed, SeedColumn
from cartox.study.word_key import unit_key, word_key
from cartox.warehouse.domains import NotAllowedError, shown, unknown

LARGEST_FILE = 1_048_576  # bytes
LONGEST_CELL = 200  # characters
LONGEST_TEXT = 1_000  # characters of a description or a source
MOST_ROWS = 10_000
_PROSE = ("description", "source", "citation", "label", "review_reason")
_FILLED = {"language": "und", "source": "the site"}  # und: ISO 639-2 for a language that is not told
_NUMBERS = {"double": float, "integer": int, "bigint": int}
_FLAGS = ("true", "false")


@dataclass(frozen=True)
class SiteRow:
    """A row of the site's own: its file, the line on which it ends, and its cells by column, empty where not told."""

    path: Path
    line: int
    cells: dict[str, str]

    def refusal(self, column: str, expected: str) -> UserError:
        """Return the error that names the row's file, column and row."""
        return UserError(f"{self.path}: column {column}, row {self.line}: {expected}")

    def key(self, seed: Seed) -> tuple[str, ...]:
        """Return what tells the row apart, words as they are compared."""
        return row_key(self.cells, seed)


def row_key(cells: dict[str, str], seed: Seed) -> tuple[str, ...]:
    """Return what tells a row of a seed apart, words as they are compared."""
    return tuple(word_key(cells[name]) if name == "word" else cells[name] for name in seed.key)


def read_rows(path: Path, seed: Seed) -> list[SiteRow]:
    """Read a CSV file with rows for a seed; columns are found by name, and those that need no value may be missing.

    Raises UserError where the file cannot be read, has a column that the seed has not or lacks one that it needs,
    or where a row has a cell that cannot be, or is there twice.
    """
    records = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(records, [])]
        _require_columns(header, path, seed)
        rows = list(_rows(records, header, path, seed))
    except csv.Error as error:
        raise UserError(f"{path}, line {records.line_num}: this is not CSV ({error})") from error
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = row.key(seed)
        if key in seen:
            raise row.refusal(
                seed.key[-1], f"{shown(row.cells[seed.key[-1]])} stands in row {seen[key]} already"
            )
        seen[key] = row.line
    return rows


def require_known(row: SiteRow, column: SeedColumn, known: Sequence[str], where: str) -> None:
    """Raise UserError where a cell names what does not stand in the column that it refers to."""
    value = row.cells[column.name]
    if value and value not in known:
        raise row.refusal(column.name, unknown(f"{shown(value)} in {where}", value, list(known)))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error})") from error
    if len(content) > LARGEST_FILE:
        raise UserError(f"{path}: a file of at most {LARGEST_FILE:,} bytes is expected")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: this is not UTF-8 text") from error


def _require_columns(header: Sequence[str], path: Path, seed: Seed) -> None:
    for name in header:
        if name not in seed.column_names:
            raise UserError(
                f"{path}: {unknown(f'column {shown(name)} in {seed.name}', name, seed.column_names)}"
            )
        if header.count(name) > 1:
            raise UserError(f"{path}: column {name} stands twice in the header")
    for column in seed.columns:
        if (column.is_required or column.name in seed.key) and column.name not in (*header, *_FILLED):
            raise UserError(f"{path}: required column {column.name} missing from the header")


def _rows(records: Iterator[list[str]], header: Sequence[str], path: Path, seed: Seed) -> Iterator[SiteRow]:
    line_of = records
    for number, record in enumerate(records, start=1):
        if not any(cell.strip() for cell in record):
            continue
        line = line_of.line_num  # type: ignore[attr-defined]
        if number > MOST_ROWS:
            raise UserError(f"{path}: at most {MOST_ROWS:,} rows are expected")
        if len(record) != len(header):
            raise UserError(f"{path}: row {line}: {len(header)} cells are expected, {len(record)} are there")
        told = dict(zip(header, (cell.strip() for cell in record), strict=True))
        cells = {name: told.get(name, "") or _FILLED.get(name, "") for name in seed.column_names}
        cells |= {column.name: unit_key(cells[column.name]) for column in seed.columns if column.is_unit}
        row = SiteRow(path, line, cells)
        for column in seed.columns:
            _check(row, column, column.name in seed.key)
        yield row


def _check(row: SiteRow, column: SeedColumn, is_of_key: bool) -> None:
    value = row.cells[column.name]
    longest = LONGEST_TEXT if column.name in _PROSE else LONGEST_CELL
    if not value and (column.is_required or (is_of_key and column.name == "word")):
        raise row.refusal(column.name, "a value is expected")
    if len(value) > longest or not value.isprintable():
        raise row.refusal(column.name, f"a text of at most {longest} characters on one line is expected")
    if not value:
        return
    if column.allowed and value not in column.allowed:
        raise row.refusal(column.name, f"one of {', '.join(column.allowed)} is expected")
    if column.type == "boolean" and value.lower() not in _FLAGS:
        raise row.refusal(column.name, "true or false is expected")
    if column.type in _NUMBERS:
        try:
            _number(value, column.type)
        except NotAllowedError as expected:
            raise row.refusal(column.name, str(expected)) from None


def _number(value: str, type_: str) -> None:
    what = "a number with a decimal point" if type_ == "double" else "a whole number"
    refusal = NotAllowedError(f"{what} is expected")
    if not value.isascii() or not set(value) <= set("0123456789.+-eE"):
        raise refusal
    try:
        number = _NUMBERS[type_](value)
    except ValueError:
        raise refusal from None
    if abs(number) >= 2**63 or (type_ == "integer" and abs(number) >= 2**31):
        raise refusal
