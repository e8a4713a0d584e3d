"""Write the values of typed columns as the text that a CSV file with the same content would hold."""

import json
import re
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from cartox.errors import UserError
from cartox.intake.records import Batch, RejectedRecord, SourceFile

_LARGEST_PLAIN_EXPONENT = 30
_FIRST_INEXACT_INTEGER = 2**53
_FRACTION_OF_ZERO = r"\.0*$"


def write_times(cells: pa.Array) -> pa.Array:
    """Write `YYYY-MM-DD HH:MM:SS`, with six decimals where the second is not whole."""
    text = cells.cast(pa.timestamp("us"), safe=False).cast(pa.string())
    return pc.replace_substring_regex(text, _FRACTION_OF_ZERO, "")


def require_exact_ids(source: SourceFile, column: str, cells: pa.Array) -> pa.Array:
    """Return the numbers of a column; where it holds ids of OMOP, refuse those that may have been rounded.

    Raises UserError for an id of 2^53 or more that is kept as a floating point number.
    """
    if source.origin == "omop" and column.endswith("_id") and pa.types.is_floating(cells.type):
        largest = pc.max(pc.abs(cells)).as_py()
        if largest is not None and largest >= _FIRST_INEXACT_INTEGER:
            raise UserError(
                f"{source.name}, column {column}: ids of 2^53 or more as floating point numbers, in which they"
                " are not exact"
            )
    return cells


def write_numbers(cells: pa.Array) -> pa.Array:
    """Write the shortest digits that give the number back, whole numbers without a fraction."""
    if pa.types.is_float16(cells.type):
        cells = cells.cast(pa.float32())
    text = cells.cast(pa.string())
    if pa.types.is_floating(cells.type):
        text = pc.replace_substring_regex(text, _FRACTION_OF_ZERO, "")
    if not pc.any(pc.match_substring(text, "e", ignore_case=True)).as_py():
        return text
    return pa.array([_without_exponent(number) for number in text.to_pylist()], pa.string())


def _without_exponent(number: str | None) -> str | None:
    exponent = re.search(r"[eE]([+-]?\d+)$", number or "")
    if number is None or exponent is None or abs(int(exponent[1])) > _LARGEST_PLAIN_EXPONENT:
        return number
    return format(Decimal(number), "f")


def without_nul_bytes(source: SourceFile, columns: list[pa.Array], first_row: int) -> Batch:
    """Return the rows as a batch, those with a NUL byte in a cell set aside."""
    numbers = pa.array(range(first_row, first_row + len(columns[0])), pa.int64())
    has_nul = pa.array([False] * len(numbers))
    for cells in columns:
        has_nul = pc.or_(has_nul, pc.fill_null(pc.match_substring(cells, "\0"), False))
    if not pc.any(has_nul).as_py():
        return Batch(tuple(columns), numbers, ())
    table = pa.table([*columns, numbers], names=[*source.entity.column_names, "line_number"])
    rejected = []
    for record in table.filter(has_nul).to_pylist():
        line_number = record.pop("line_number")
        rejected.append(RejectedRecord(line_number, "nul_byte", json.dumps(record, ensure_ascii=False)))
    kept = pc.invert(has_nul)
    return Batch(tuple(cells.filter(kept) for cells in columns), numbers.filter(kept), tuple(rejected))
