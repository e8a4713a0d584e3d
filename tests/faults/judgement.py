"""Whether what became of a mutilated extract is one of the two outcomes that are allowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cartox.intake.contract import ENTITIES
from tests.faults.record_mutilations import CANARY
from tests.faults.second_count import RawRecord, csv_records, parquet_rows
from tests.faults.small_extract import SmallExtract

_WORD = re.compile(r"[\w.:/-]*\d[\w.:/-]*")
_SHORTEST_TELLING = 4


def identifying_cells(extract: SmallExtract) -> frozenset[str]:
    """Cells with a digit in them, long enough not to stand in a message by chance."""
    cells = {cell for table in extract.values() for record in table.records for cell in record}
    words = {word for cell in cells for word in [cell, *cell.split()]}
    return frozenset(
        word for word in words if len(word) >= _SHORTEST_TELLING and any(c.isdigit() for c in word)
    )


def faults_of_message(message: str, folder: Path, cells: frozenset[str]) -> list[str]:
    """What is wrong with the line that refuses an extract."""
    found = []
    if len(message.splitlines()) != 1:
        found.append("the message is not one line")
    without_path = message.replace(str(folder), "FOLDER")
    names = [path.name for path in folder.iterdir()]
    if "FOLDER" not in without_path and not any(name in message for name in names):
        found.append("the message names no file")
    for name in names:
        without_path = without_path.replace(name, "FILE")
    leaked = [word for word in _WORD.findall(without_path) if word.strip(".:") in cells]
    if leaked or CANARY in message:
        found.append(f"the message quotes cells ({len(leaked)})")
    return found


def faults_of_landing(folder: Path, landing: Path) -> list[str]:
    """What is lost or changed between the files and the landing, by a second reading of the files."""
    found = []
    landed_files = {row["entity"]: row for row in pq.read_table(landing / "landed_files.parquet").to_pylist()}
    rejected = pq.read_table(landing / "rejected_records.parquet").to_pylist()
    for entity in ENTITIES:
        file = landed_files[entity]
        aside = [row for row in rejected if row["entity"] == entity]
        table = pq.read_table(landing / "extract" / f"{entity}.parquet")
        path = folder / file["source_file"]
        if file["file_format"] == "parquet":
            n_raw = parquet_rows(path)
            lines = list(range(1, n_raw + 1))
        else:
            header, records = csv_records(path)
            n_raw, lines = len(records), [record.line for record in records]
            found += _changed_cells(entity, header, records, table, aside)
        if file["n_raw"] != n_raw:
            found.append(f"{entity}: n_raw is {file['n_raw']}, counted again {n_raw}")
        accounted = [*table["line_number"].to_pylist(), *(row["line_number"] for row in aside)]
        if Counter(accounted) != Counter(lines):
            found.append(f"{entity}: landed and rejected lines are not the lines of the file's records")
    return found


def _changed_cells(
    entity: str, header: RawRecord, records: Iterable[RawRecord], table: Any, aside: Iterable[dict[str, Any]]
) -> list[str]:
    """Landed cells against the fields that stand under the same name, rejected records against the file's text."""
    by_line = {record.line: record for record in records}
    names = [name.strip().lower() for name in header.fields]
    positions = [names.index(name) if name in names else None for name in ENTITIES[entity].column_names]
    found = []
    columns = [table[name].to_pylist() for name in ENTITIES[entity].column_names]
    for line, *cells in zip(table["line_number"].to_pylist(), *columns, strict=True):
        fields = by_line[line].fields if line in by_line else None
        if fields is None or cells != [None if at is None else fields[at] for at in positions]:
            found.append(f"{entity}, line {line}: a landed cell is not the file's")
            break
    for row in aside:
        raw = by_line.get(row["line_number"])
        if raw is None or row["raw_record"] != raw.text.replace("\0", "␀"):
            found.append(f"{entity}, line {row['line_number']}: the rejected record's text is not the file's")
            break
    return found


_ACCOUNTS = """
    select
        c.entity, c.n_raw, c.n_accepted, c.n_duplicate, c.n_superseded, c.n_quarantined,
        (select count(*) from marts.quarantined_records as q where q.entity = c.entity) as n_shown,
        (select count(distinct (q.source_file, q.line_number)) from marts.quarantined_records as q where q.entity = c.entity)
            as n_distinct
    from marts.record_conservation as c
"""

_TWICE_ACCEPTED = """
    select count(*) from (
        select entity, record_id from marts.record_dispositions where disposition = 'accepted'
        group by all having count(*) > 1 or record_id is null
    )
"""

_CONTENT = "select columns(* exclude (source_file, line_number)) from staging.stg_extract__{entity} "
_ONLY_IN_DUPLICATES = """
    select count(*) from (
        ({content} where {line} in ({duplicate})) except ({content} where {line} not in ({duplicate}))
    )
"""


def faults_of_accounts(connection: duckdb.DuckDBPyConnection, landing: Path) -> list[str]:
    """Where the accounts of the record models do not add up to the records that were landed and rejected."""
    found = []
    landed_files = {row["entity"]: row for row in pq.read_table(landing / "landed_files.parquet").to_pylist()}
    accounts = connection.execute(_ACCOUNTS).fetchall()
    if sorted(row[0] for row in accounts) != sorted(ENTITIES):
        found.append("record_conservation does not have the seven kinds of record")
    for entity, n_raw, *parts, n_shown, n_distinct in accounts:
        if n_raw != landed_files[entity]["n_raw"] or n_raw != sum(parts):
            found.append(f"{entity}: {n_raw} raw records, {sum(parts)} accounted for")
        if not parts[-1] == n_shown == n_distinct:
            found.append(
                f"{entity}: {parts[-1]} quarantined, {n_shown} shown, {n_distinct} of them different"
            )
    if _one(connection, _TWICE_ACCEPTED):
        found.append("an id is accepted twice, or none is accepted")
    return found


def faults_of_dispositions(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Where a record's line has no or two fates, or a record is dropped as the duplicate of none."""
    found = []
    for entity in ENTITIES:
        judged = f"select line_number from intermediate.int_{entity}__all where true"
        lines = connection.execute(f"select line_number from staging.stg_extract__{entity}").fetchall()
        if Counter(lines) != Counter(connection.execute(judged).fetchall()):
            found.append(f"{entity}: the judged lines are not the landed lines")
        duplicate = f"{judged} and disposition = 'duplicate'"
        content = _CONTENT.format(entity=entity)
        if _one(
            connection, _ONLY_IN_DUPLICATES.format(content=content, line="line_number", duplicate=duplicate)
        ):
            found.append(f"{entity}: a record is a duplicate of none that is kept")
    return found


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]
