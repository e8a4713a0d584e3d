"""Opens Office files only if what they unpack to is small."""

from __future__ import annotations

import zipfile
from io import BytesIO

LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 5_000


def check_archive(content: bytes) -> None:
    """Refuse a file that is no archive, or unpacks to more than any table needs. Raises ValueError."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ValueError("the file is not a readable Office file") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValueError("the file unpacks to more than 50 MB")
