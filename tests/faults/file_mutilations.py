"""What goes wrong in the writing, copying and placing of files."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tests.faults.draft import Draft, FileDraft, Patch, text_arrow
from tests.faults.small_extract import Table


def other_line_ends(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).line_ends = dice.choice(
        (("\r\n",), ("\r",), ("\n", "\r\n", "\r"), ("\n\n", "\n", "\r\n\r\n"))
    )


def every_cell_quoted(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).quotes_all = True


def byte_order_mark(draft: Draft, dice: random.Random) -> None:
    def put_first(data: bytes, _: random.Random) -> bytes:
        return data if data.startswith(b"PAR1") else b"\xef\xbb\xbf" + data

    draft.any_file(dice).patches.append(put_first)


def other_separator(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).separator = dice.choice(";\t|")


def other_encoding(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    if file.table.records:
        file.table.records[0][-1] = "Müller é µg"
    file.encoding = dice.choice(
        ("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac-roman")
    )


def broken_byte(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(_broken_byte)


def _broken_byte(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + dice.choice((b"\xff", b"\xc3(", b"\x80", b"\xed\xa0\x80", b"\xc0\x80")) + data[at:]


def flipped_bits(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(_flipped_bits)


def _flipped_bits(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 20))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def stray_quotes(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(_stray_quotes)


def _stray_quotes(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 2, 9))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + b'"' + data[at:]
    return data


def unclosed_quote(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(_unclosed_quote)


def _unclosed_quote(data: bytes, dice: random.Random) -> bytes:
    at = data.find(b",", dice.randrange(len(data) + 1))
    return data[: at + 1] + b'"' + data[at + 1 :]


def cut_short(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(lambda data, dice: data[: dice.randrange(len(data) + 1)])


def further_lines(draft: Draft, dice: random.Random) -> None:
    """Lines that are no records: a spreadsheet's hint, a footer, blanks, an old end-of-file sign."""
    first = dice.choice((b"", b"", b"\n\n", b"sep=,\n", b"# exported\n", b" \n"))
    last = dice.choice((b"\n\n\n", b"   \n", b"(31 rows)\n", b"\x1a", b",,,,\n", b'""\n', b"\\.\n", b"\r\r"))
    draft.any_file(dice).patches.append(lambda data, _: first + data + last)


def no_last_line_end(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).patches.append(lambda data, _: data.rstrip(b"\r\n"))


def nothing_in_it(draft: Draft, dice: random.Random) -> None:
    content = dice.choice(
        (b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b" ", b'"', b'""', b"\0", b"\0" * 4096, b",")
    )
    draft.any_file(dice).patches.append(lambda data, _: content)


def another_kind_of_file(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    kind = dice.choice(("gzip", "zip", "csv as parquet", "parquet as csv", "pdf"))
    if kind == "csv as parquet":
        file.name = f"{file.entity}.parquet"
    elif kind == "parquet as csv":
        file.to_arrow = text_arrow
    else:
        starts: dict[str, Patch] = {
            "gzip": lambda data, _: gzip.compress(data),
            "zip": lambda data, _: b"PK\x03\x04" + data,
            "pdf": lambda data, _: b"%PDF-1.7\n" + data,
        }
        file.patches.append(starts[kind])


def parquet_of_text(draft: Draft, dice: random.Random) -> None:
    _as_parquet(draft.any_file(dice))


def every_file_parquet(draft: Draft, dice: random.Random) -> None:
    for file in draft.files.values():
        _as_parquet(file)
        file.to_arrow = dice.choice((text_arrow, typed_arrow))


def typed_parquet(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    _as_parquet(file)
    file.to_arrow = typed_arrow


def parquet_of_strange_types(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    _as_parquet(file)
    number = dice.randrange(len(_STRANGE))
    file.to_arrow = lambda table: _strange_arrow(table, number)


def truncated_parquet(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    _as_parquet(file)
    file.patches = [lambda data, dice: data[: dice.randrange(4, len(data))]]


def broken_parquet(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    _as_parquet(file)
    file.patches.append(dice.choice((_flipped_bits, _broken_byte)))


def _as_parquet(file: FileDraft) -> None:
    file.name = f"{file.entity}.parquet"
    file.to_arrow = text_arrow


def typed_arrow(table: Table) -> pa.Table:
    """Numbers as float64 and times as timestamps where all cells of a column are that, the rest as categories or text."""
    arrow = text_arrow(table)
    columns = []
    for number, column in enumerate(arrow.columns):
        filled = pc.if_else(pc.equal(column, ""), None, column)
        columns.append(_typed(filled) if number else column)
    return pa.Table.from_arrays(columns, names=arrow.column_names)


def _typed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    for kind in (pa.float64(), pa.timestamp("ns")):
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            continue
    return column.dictionary_encode() if len(column) % 2 else column


_STRANGE = (
    lambda column: pa.array([[cell] for cell in column.to_pylist()], pa.list_(pa.string())),
    lambda column: pa.array([{"a": cell} for cell in column.to_pylist()], pa.struct([("a", pa.string())])),
    lambda column: pa.array(
        [(cell or "").encode("latin-1", "replace") for cell in column.to_pylist()], pa.binary()
    ),
    lambda column: pa.array([0] * len(column), pa.timestamp("us", tz="UTC")),
    lambda column: pa.array([-(10**15)] * len(column), pa.timestamp("s")),
    lambda column: pa.array([2**62] * len(column), pa.duration("s")),
    lambda column: pa.array([2**31 - 1] * len(column), pa.date32()),
    lambda column: pa.array([2**62] * len(column), pa.timestamp("ms")),
    lambda column: pa.array([None] * len(column), pa.null()),
    lambda column: pa.array([True] * len(column), pa.bool_()),
    lambda column: pa.array([float("nan")] * len(column), pa.float32()),
    lambda column: pa.array([1e300] * len(column), pa.float64()),
    lambda column: pa.array([2**64 - 1] * len(column), pa.uint64()),
    lambda column: pa.array([86399999999] * len(column), pa.time64("us")),
    lambda column: column.combine_chunks().cast(pa.large_string()),
    lambda column: column.combine_chunks().dictionary_encode(),
)


def _strange_arrow(table: Table, number: int) -> pa.Table:
    arrow = text_arrow(table)
    at = 1 if len(arrow.columns) > 1 else 0
    return arrow.set_column(at, arrow.column_names[at], _STRANGE[number](arrow.column(at)))


def symbolic_link(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).place = _put_link


def _put_link(file: FileDraft, data: bytes, folder: Path) -> None:
    kept = folder / ".kept"
    kept.mkdir(exist_ok=True)
    (kept / file.name).write_bytes(data)
    (folder / file.name).symlink_to(Path(".kept") / file.name)


def link_out_of_the_folder(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).place = _put_outside


def _put_outside(file: FileDraft, data: bytes, folder: Path) -> None:
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")
    elsewhere.mkdir(exist_ok=True)
    (elsewhere / file.name).write_bytes(data)
    (folder / file.name).symlink_to(elsewhere / file.name)


def link_to_nowhere(draft: Draft, dice: random.Random) -> None:
    target = dice.choice(("nowhere", None, "."))
    draft.any_file(dice).place = lambda file, data, folder: (folder / file.name).symlink_to(
        target or file.name
    )


def folder_in_its_place(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).place = lambda file, data, folder: (folder / file.name).mkdir()


def pipe_in_its_place(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).place = lambda file, data, folder: os.mkfifo(folder / file.name)


def unreadable(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).place = _put_unreadable


def _put_unreadable(file: FileDraft, data: bytes, folder: Path) -> None:
    (folder / file.name).write_bytes(data)
    (folder / file.name).chmod(0)


def file_missing(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    file.is_present = False
    draft.others[dice.choice((f"{file.entity}.xlsx", f"{file.entity}_2021.csv", "readme.txt"))] = b"x"


def file_twice(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    draft.others[dice.choice((f"{file.entity}.parquet", f"{file.entity.upper()}.CSV"))] = b"x"


def file_name_in_capitals(draft: Draft, dice: random.Random) -> None:
    file = draft.any_file(dice)
    file.name = file.name.upper()


def further_files(draft: Draft, dice: random.Random) -> None:
    names = (".DS_Store", "~$patients.xlsx", "patients.csv.bak", "\u202eevil\n.csv", "[red].txt")
    draft.others |= dict.fromkeys(names, b"x")
