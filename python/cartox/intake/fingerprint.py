"""One pass over a file's bytes: its hash, its size, and whether it is the text that it should be."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cartox.errors import UserError
from cartox.intake.records import UTF_8, SourceFile

_CHUNK_BYTES = 1 << 20
_SNIFFED_BYTES = 4096
_OTHER_KINDS = {
    b"PAR1": "a Parquet file",
    b"PK\x03\x04": "a zip file or a spreadsheet",
    b"\x1f\x8b": "a gzip file",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}


@dataclass(frozen=True)
class Fingerprint:
    """SHA-256 of a file as hexadecimal text, and its size in bytes."""

    sha256: str
    n_bytes: int


def fingerprint(source: SourceFile) -> Fingerprint:
    """Hash a file (a database once for all of its tables), and prove that a CSV file is UTF-8 text.

    Raises UserError for a file that cannot be opened, an empty one, a CSV file that is of another kind
    (named) and one with a byte that is not UTF-8 (its line named).
    """
    if source.file_format != "duckdb":
        return _read(source)
    status = source.path.stat()
    return _of_database(source.path, (status.st_ino, status.st_size, status.st_mtime_ns), source)


_databases: dict[tuple[Path, tuple[int, int, int]], Fingerprint] = {}


def _of_database(path: Path, state: tuple[int, int, int], source: SourceFile) -> Fingerprint:
    if (path, state) not in _databases:
        _databases.clear()
        _databases[path, state] = _read(source)
    return _databases[path, state]


def _read(source: SourceFile) -> Fingerprint:
    digest = hashlib.sha256()
    n_bytes = 0
    text = _Lines(source.encoding) if source.file_format == "csv" else None
    try:
        with source.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                if n_bytes == 0 and text is not None and source.encoding.lower() in UTF_8:
                    _require_csv_text(source, chunk)
                digest.update(chunk)
                n_bytes += len(chunk)
                if text is not None:
                    text.feed(source, chunk)
    except OSError as error:
        raise UserError(f"{source.name}: cannot be read ({error.strerror})") from error
    if n_bytes == 0:
        raise UserError(f"{source.name}: the file is empty, a header is expected")
    if text is not None:
        text.feed(source, b"", is_last=True)
    return Fingerprint(digest.hexdigest(), n_bytes)


def _require_csv_text(source: SourceFile, start: bytes) -> None:
    for magic, kind in _OTHER_KINDS.items():
        if start.startswith(magic):
            raise UserError(f"{source.name}: this is {kind}; CSV in UTF-8 is expected")
    sniffed = start[:_SNIFFED_BYTES]
    half = len(sniffed) // 2
    for parity in (0, 1):
        if (
            half > 1
            and sniffed[parity::2].count(0) > 0.8 * half
            and sniffed[1 - parity :: 2].count(0) < 0.2 * half
        ):
            raise UserError(f"{source.name}: this is UTF-16 text; CSV in UTF-8 is expected")


class _Lines:
    """Decode text in chunks and know the line that a bad byte stands on (ends: LF, CR, CRLF)."""

    def __init__(self, encoding: str) -> None:
        self._encoding = "UTF-8" if encoding.lower() in UTF_8 else encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._line = 1
        self._ends_in_cr = False

    def feed(self, source: SourceFile, chunk: bytes, is_last: bool = False) -> None:
        waiting = self._decoder.getstate()[0]
        try:
            self._count(self._decoder.decode(chunk, is_last))
        except UnicodeDecodeError as error:
            self._count((waiting + chunk)[: error.start].decode(self._encoding, errors="ignore"))
            raise UserError(
                f"{source.name}, line {self._line}: a byte that is not {self._encoding}"
            ) from error

    def _count(self, text: str) -> None:
        if not text:
            return
        self._line += text.count("\n") + text.count("\r") - text.count("\r\n")
        if self._ends_in_cr and text[0] == "\n":
            self._line -= 1
        self._ends_in_cr = text[-1] == "\r"
