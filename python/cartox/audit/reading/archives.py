"""Opens Office files only if what they unpack to is small."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from cartox.audit.reading.grid import MOST_CELLS

LARGEST_UNPACKED = 50_000_000
LARGEST_XML = 20_000_000
MOST_PARTS = 5_000
CELL = re.compile(rb"<(?:\w{1,20}:)?(?:c|row)[\s/>]")
MERGED = re.compile(rb"""ref\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})""")


def check_archive(content: bytes) -> None:
    """Refuse a file that is no archive, or unpacks to more than any table needs. Raises ValueError."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ValueError("the file is not a readable Office file") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValueError("the file unpacks to more than 50 MB")
    if sum(part.file_size for part in parts if part.filename.lower().endswith(".xml")) > LARGEST_XML:
        raise ValueError("the text of the file is larger than 20 MB")


def check_sheets(content: bytes) -> None:
    """Refuse sheets that hold or merge more cells than any table has, before they are laid out. Raises ValueError."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            if not part.filename.startswith("xl/worksheets/") or not part.filename.endswith(".xml"):
                continue
            text = archive.read(part)
            merged = sum(_area(match) for match in MERGED.finditer(text))
            if merged > MOST_CELLS or sum(1 for _ in CELL.finditer(text)) > 2 * MOST_CELLS:
                raise ValueError(f"the table has more than {MOST_CELLS} cells")


def _area(match: re.Match[bytes]) -> int:
    rows = abs(int(match[4]) - int(match[2])) + 1
    return rows * (abs(_column(match[3]) - _column(match[1])) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
