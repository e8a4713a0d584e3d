"""Open a workbook's own text: how many records a sheet holds, counted without the reader that lands them."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, iterparse

from cartox.errors import UserError
from cartox.intake.bounds import require_honest_size
from cartox.intake.records import SourceFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_START = 4096  # bytes, within which a document's declarations stand
BROKEN = (zipfile.BadZipFile, ParseError, KeyError, ValueError, NotImplementedError, EOFError)


def open_archive(source: SourceFile) -> zipfile.ZipFile:
    """Open a workbook's archive.

    Raises UserError where it is none, unpacks out of all proportion, or declares entities, which no workbook does.
    """
    try:
        archive = zipfile.ZipFile(source.path)
        texts = [part for part in archive.namelist() if part.endswith((".xml", ".rels"))]
        starts = [_start(archive, part) for part in texts]
    except (*BROKEN, OSError, RuntimeError) as error:
        raise unreadable(source) from error
    if any(b"<!" in start.replace(b"<!--", b"") for start in starts):
        raise unreadable(source)
    unpacked = sum(part.file_size for part in archive.infolist())
    require_honest_size(source, unpacked, source.path.stat().st_size)
    return archive


def _start(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(_START)


def unreadable(source: SourceFile) -> UserError:
    """Say that a workbook cannot be read."""
    return UserError(f"{source.name}: not a workbook that can be read (.xlsx)")


def sheet_names(source: SourceFile) -> list[str]:
    """Return the names of a workbook's sheets, in their order."""
    with open_archive(source) as archive:
        return [name for name, _ in _sheets(source, archive)]


def count_sheet_rows(source: SourceFile) -> int:
    """Count the rows under the header that hold a value.

    Raises UserError for a formula whose value was not stored with it.
    """
    with open_archive(source) as archive:
        parts = dict(_sheets(source, archive))
        sheet = source.declared.sheet
        part = parts[sheet] if sheet is not None else next(iter(parts.values()))
        return sum(1 for row in _rows(source, archive, part) if row > source.declared.header_row)


def _rows(source: SourceFile, archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    try:
        with archive.open(part) as stream:
            number = 0
            for _, element in iterparse(stream, events=("end",)):  # noqa: S314 (no entities)
                if element.tag == f"{_MAIN}row":
                    number = int(element.get("r", number + 1))
                    if any([_has_value(source, cell) for cell in element]):  # noqa: C419 (each is looked at)
                        yield number
                    element.clear()
    except BROKEN as error:
        raise unreadable(source) from error


def _has_value(source: SourceFile, cell: Element) -> bool:
    value = cell.find(f"{_MAIN}v")
    has_value = value is not None and value.text is not None
    if cell.find(f"{_MAIN}f") is not None and not has_value and cell.get("t") != "str":
        raise UserError(
            f"{source.name}, cell {cell.get('r')}: a formula without its value; open the workbook, save it, and try again"
        )
    return has_value or cell.find(f"{_MAIN}is") is not None


def _sheets(source: SourceFile, archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return name and part of each sheet."""
    try:
        targets = {}
        with archive.open("xl/_rels/workbook.xml.rels") as stream:
            for _, element in iterparse(stream):  # noqa: S314 (no entities)
                if element.get("Id"):
                    targets[element.get("Id")] = str(PurePosixPath("/xl") / str(element.get("Target")))
        with archive.open("xl/workbook.xml") as stream:
            return [
                (str(element.get("name")), targets[element.get(_RELATION)].lstrip("/"))
                for _, element in iterparse(stream)  # noqa: S314 (no entities)
                if element.tag == f"{_MAIN}sheet"
            ]
    except BROKEN as error:
        raise unreadable(source) from error
