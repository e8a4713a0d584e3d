"""Parquet files made to fill a machine or to mislead a reader."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = ("result_id", "patient_id", "collected_at", "result")


def _table(result: pa.Array) -> pa.Table:
    same = pa.DictionaryArray.from_arrays(pa.array([0] * len(result), pa.int32()), pa.array(["R"]))
    return pa.table(dict.fromkeys(COLUMNS[:3], same) | {"result": result})


def repeated_text(file: Path, n_characters: int, n_rows: int) -> None:
    """One text, kept once, that stands in every row."""
    text = pa.array(["x" * n_characters])
    cells = pa.DictionaryArray.from_arrays(pa.array([0] * n_rows, pa.int32()), text)
    pq.write_table(_table(cells), file, compression="zstd", store_schema=False, write_statistics=False)


def plain_text(file: Path, n_characters: int, n_rows: int) -> None:
    """The same text written out in every row, in one page, and compressed."""
    table = pa.table({name: ["x" * n_characters] * n_rows for name in COLUMNS})
    pq.write_table(
        table, file, compression="zstd", use_dictionary=False, data_page_size=1 << 30, write_statistics=False
    )


def growing_text(file: Path, n_characters: int, n_rows: int) -> None:
    """Each text is told by what it has in common with the one before it, which is all."""
    table = pa.table({name: ["x" * n_characters] * n_rows for name in COLUMNS})
    encodings = dict.fromkeys(COLUMNS, "DELTA_BYTE_ARRAY")
    pq.write_table(
        table,
        file,
        compression="zstd",
        use_dictionary=False,
        column_encoding=encodings,
        write_statistics=False,
    )


def nothing(file: Path, n_rows: int) -> None:
    """Rows without a value."""
    table = pa.table({name: pa.nulls(n_rows, pa.string()) for name in COLUMNS})
    pq.write_table(table, file, compression="zstd", row_group_size=n_rows, write_statistics=False)


def many_columns(file: Path, n_columns: int) -> None:
    pq.write_table(pa.table({f"c{number}": pa.array([], pa.int8()) for number in range(n_columns)}), file)


def nested(file: Path, depth: int) -> None:
    """A file of one column within `depth` groups, written byte by byte as Thrift's compact protocol has it."""
    elements = [_element(b"schema", 1), *[_element(b"a", 1)] * depth, _element(b"leaf", None)]
    schema = bytes([0xFC]) + _varint(len(elements)) + b"".join(elements)
    footer = b"\x15\x02\x19" + schema + b"\x16\x00\x19\x0c\x00"
    file.write_bytes(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")


def _element(name: bytes, n_children: int | None) -> bytes:
    """A group, or a column of texts."""
    text = b"\x18" + _varint(len(name)) + name
    if n_children is None:
        return b"\x15\x0c\x25\x02" + text + b"\x00"
    return b"\x35\x02" + text + b"\x15" + _varint(2 * n_children) + b"\x00"


def _varint(number: int) -> bytes:
    pieces = []
    while number > 127:
        pieces.append(number & 127 | 128)
        number >>= 7
    return bytes([*pieces, number])
