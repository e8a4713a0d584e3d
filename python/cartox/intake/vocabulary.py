"""Of a vocabulary's millions of rows, those about concepts that the site's records use."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from cartox.file_names import exact
from cartox.intake.contract import TABLES, Entity
from cartox.intake.records import Batch

ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "concept": "concept_id",
        "concept_ancestor": "descendant_concept_id",
        "drug_strength": "drug_concept_id",
    }
)
"""The vocabulary's tables, and the column that says which concept a row is about."""

_INTEGER = re.compile(r"\s*(-?\d{1,19})(?:\.0*)?\s*", re.ASCII)
_PLAIN = r"^(-?\d{1,18})?$"
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def used_concepts(landed: Path) -> pa.Array:
    """Return the ids of the concepts in the records that lie in `landed`, the folder of the OMOP tables."""
    used: set[int | None] = set()
    with duckdb.connect(config={"threads": 2}) as connection:
        for table in TABLES.values():
            file = landed / f"{table.name}.parquet"
            if table.name in ABOUT or not file.exists():
                continue
            for column in _concept_columns(table):
                query = f"select distinct {column} from read_parquet(?)"  # noqa: S608 (a column of the contract)
                used.update(_id(cell) for (cell,) in connection.execute(query, [exact(file)]).fetchall())
    return pa.array(sorted(used - {None}), pa.int64())  # type: ignore[type-var]


def needed_rows(table: Entity, batch: Batch, used: pa.Array) -> Batch:
    """Return the rows about a used concept, and those with a cell that is no id: these are told of later."""
    needed = pa.repeat(False, len(batch.line_numbers))
    for name, cells in zip(table.column_names, batch.columns, strict=True):
        if not name.endswith("concept_id"):
            continue
        ids = _ids(cells)
        if name == ABOUT[table.name]:
            needed = pc.or_(needed, pc.is_in(ids, value_set=used))
        needed = pc.or_(needed, pc.and_(pc.is_null(ids), _has_text(cells)))
    columns = tuple(cells.filter(needed) for cells in batch.columns)
    return Batch(columns, batch.line_numbers.filter(needed), batch.rejected)


def _concept_columns(table: Entity) -> list[str]:
    return [name for name in table.column_names if name.endswith("_concept_id")]


def _ids(cells: pa.Array) -> pa.Array:
    """Return 64-bit integers, null where a cell holds none."""
    if cells.null_count == len(cells):
        return pa.nulls(len(cells), pa.int64())
    if pc.all(pc.match_substring_regex(cells, _PLAIN)).as_py():
        return pc.if_else(pc.equal(cells, ""), None, cells).cast(pa.int64())
    return pa.array([_id(cell) for cell in cells.to_pylist()], pa.int64())


def _id(cell: str | None) -> int | None:
    integer = _INTEGER.fullmatch(cell or "")
    value = int(integer[1]) if integer else None
    return value if value is not None and _SMALLEST <= value <= _LARGEST else None


def _has_text(cells: pa.Array) -> pa.Array:
    return pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(cells), ""), False)
