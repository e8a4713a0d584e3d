"""OMOP folders mutilated as extracts are, through the intake and the models that judge each record."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake import land_sources
from cartox.intake.contract import TABLES
from cartox.progress import SilentProgress
from cartox.synthetic.omop_export import omop_tables
from cartox.synthetic.study import make_study
from tests.faults import file_mutilations as files
from tests.faults import record_mutilations as records
from tests.faults.draft import Draft, FileDraft, make_removable
from tests.faults.judgement import faults_of_message, identifying_cells
from tests.faults.records_only import Outcome, RecordModels
from tests.faults.second_count import csv_records, parquet_rows
from tests.faults.small_extract import SmallExtract, Table
from tests.spec.compiled_project import CompiledProject

N_PERSONS = 25
STRANGE_IDS = (
    "9223372036854775808", "-9223372036854775809", "9007199254740993", "-1", "0", "007", "1.0", "1.5", "1e3", "0x1F", "٣",
    "12 ", "", "NULL", "١٢", "9" * 400, "--1", "+1", "1_000",
)  # fmt: skip


def strange_ids(draft: Draft, dice: random.Random) -> None:
    _rewrite_columns(draft, dice, "_id", STRANGE_IDS)


def strange_days(draft: Draft, dice: random.Random) -> None:
    texts = (*records.STRANGE_DATES, *records.EXTREME_TIMES, "2021-03-01T10:00:00Z", "2021-03-01 25:00")
    _rewrite_columns(draft, dice, ("_date", "_datetime", "_of_birth"), texts)


def strange_values(draft: Draft, dice: random.Random) -> None:
    ends = ("_value", "_as_number", "quantity", "supply", "_low", "_high")
    _rewrite_columns(draft, dice, ends, (*records.ABSURD_NUMBERS, *records.HOSTILE_TEXTS))


def tabs_in_their_places(draft: Draft, dice: random.Random) -> None:
    draft.any_file(dice).separator = "\t"


_LANDS = (
    strange_ids, strange_days, strange_values, strange_ids, records.empty_cells, records.hostile_texts,
    records.nul_bytes, records.repeated_records, records.same_id_other_content, records.one_id_for_all, records.ragged_records,
    records.header_only, records.every_table_header_only, records.upper_case_header, records.columns_in_another_order,
    records.line_ends_in_cells, files.other_line_ends, files.every_cell_quoted, files.byte_order_mark,
    files.no_last_line_end, files.file_name_in_capitals, files.symbolic_link,
)  # fmt: skip
_EITHER = (
    records.huge_cell, tabs_in_their_places, records.required_column_missing, records.column_named_twice, records.no_header,
    records.columns_swapped, files.other_separator, files.other_encoding, files.broken_byte, files.nothing_in_it,
    files.flipped_bits, files.stray_quotes, files.cut_short, files.unclosed_quote, files.another_kind_of_file,
    files.truncated_parquet, files.broken_parquet, files.link_to_nowhere, files.folder_in_its_place, files.file_missing,
    files.file_twice, files.typed_parquet, files.every_file_parquet,
)  # fmt: skip
N_MUTILATIONS = len(_LANDS) + len(_EITHER)


def small_omop() -> SmallExtract:
    """The tables of some persons of the built-in study, with the vocabulary rows that they need."""
    study = omop_tables(make_study()[0])
    given = [
        row["person_id"] for row in study["drug_exposure"] if "kineret" in row["drug_source_value"].lower()
    ]
    chosen = {*sorted(set(given))[:N_PERSONS], *(row["person_id"] for row in study["person"][:5])}
    return {
        name: Table(
            list(TABLES[name].column_names),
            [
                [row.get(column, "") for column in TABLES[name].column_names]
                for row in rows
                if "person_id" not in TABLES[name].column_names or row["person_id"] in chosen
            ],
        )
        for name, rows in study.items()
    }


def try_omop(
    project: CompiledProject, tables: SmallExtract, numbers: Iterable[int], seed: int
) -> Sequence[Outcome]:
    """Mutilate, land and judge the folders of these numbers over the project, planned with records from OMOP."""
    models = RecordModels(project)
    cells = identifying_cells(tables)
    outcomes = []
    for number in numbers:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            folder = Path(name) / "cdm"
            chosen, must_land = _mutilate(tables, number, folder, seed)
            outcomes.append(_try(models, number, folder, chosen, must_land, cells))
            make_removable(Path(name))
            shutil.rmtree(name, ignore_errors=True)
    return outcomes


def _mutilate(tables: SmallExtract, number: int, folder: Path, seed: int) -> tuple[tuple[str, ...], bool]:
    dice = random.Random(f"omop-{seed}-{number}")  # noqa: S311
    every = (*_LANDS, *_EITHER)
    chosen = [every[number % len(every)]]
    chosen += [dice.choice(_LANDS) for _ in range(dice.choice((0, 0, 1, 2)))]
    draft = Draft({name: FileDraft(name, table.copy()) for name, table in tables.items()})
    for mutilation in chosen:
        mutilation(draft, dice)
    draft.write(folder, dice)
    return tuple(mutilation.__name__ for mutilation in chosen), all(m in _LANDS for m in chosen)


def _try(
    models: RecordModels,
    number: int,
    folder: Path,
    chosen: tuple[str, ...],
    must_land: bool,
    cells: frozenset[str],
) -> Outcome:
    landing = folder.parent / "landing"
    try:
        land_sources(landing, SilentProgress(), omop=folder, required=())
    except UserError as error:
        found = faults_of_message(str(error), folder, cells)
        if must_land:
            found.append(f"refused although every row could be read or kept aside: {error}")
        return Outcome(number, chosen, True, tuple(found))
    except Exception as error:
        return Outcome(number, chosen, True, (), f"intake: {type(error).__name__}: {error}"[:500])
    found = _faults_of_counts(folder, landing)
    try:
        found += _faults_of_accounts(models.build(landing), landing)
    except duckdb.Error as error:
        models.restart()
        return Outcome(number, chosen, False, tuple(found), f"models: {error}"[:500])
    return Outcome(number, chosen, False, tuple(found))


def _faults_of_counts(folder: Path, landing: Path) -> list[str]:
    """Where the intake counted other rows than a second reading of the files does."""
    found = []
    for file in _landed(landing).values():
        path = folder / file["source_file"]
        is_comma = file["file_format"] == "csv" and b"\t" not in path.read_bytes().split(b"\n")[0]
        if file["file_format"] == "parquet" or is_comma:
            n_raw = parquet_rows(path) if file["file_format"] == "parquet" else len(csv_records(path)[1])
            n_read = file["n_landed"] + file["n_rejected"] + file["n_not_needed"]
            if n_raw != file["n_raw"] or n_raw != n_read:
                found.append(f"{file['entity']}: {n_raw} rows, told {file['n_raw']}")
    return found


def _faults_of_accounts(connection: duckdb.DuckDBPyConnection, landing: Path) -> list[str]:
    """Where rows of tables, or records made from them, are not accounted for."""
    told = _landed(landing)
    found = []
    for entity, n_raw, *parts, shown in connection.execute(
        "select entity, n_raw, n_accepted, n_duplicate, n_superseded, n_quarantined, "
        "(select count(distinct (q.source_file, q.line_number)) from marts.quarantined_records as q where q.entity = c.entity) "
        "from marts.record_conservation as c"
    ).fetchall():
        if n_raw != sum(parts) or shown != parts[-1] or (entity in told and n_raw != told[entity]["n_raw"]):
            found.append(f"{entity}: {n_raw} rows, {parts} accounted for, {shown} shown")
    for table, n_rows in connection.execute(
        "select cdm_table, sum(n_rows) from marts.cdm_rows group by all"
    ).fetchall():
        ((n_accepted,),) = connection.execute(
            "select n_accepted from marts.record_conservation where entity = ?", [table]
        ).fetchall()
        if n_rows != n_accepted:
            found.append(f"{table}: {n_accepted} rows are readable, {n_rows} told of")
    return found


def _landed(landing: Path) -> Mapping[str, dict[str, Any]]:
    return {row["entity"]: row for row in pq.read_table(landing / "landed_files.parquet").to_pylist()}


def _rewrite_columns(
    draft: Draft, dice: random.Random, endings: str | tuple[str, ...], texts: Sequence[str]
) -> None:
    """Change some cells of one or all of the columns that end so, of one file."""
    table = draft.any_file(dice).table
    positions = [i for i, column in enumerate(table.columns) if column.strip().lower().endswith(endings)]
    if not positions or not table.records:
        return
    if dice.random() < 0.7:
        positions = [dice.choice(positions)]
    share = dice.choice((0.02, 0.3, 1.0))
    for record in table.records:
        for position in positions:
            if position < len(record) and dice.random() < share:
                record[position] = dice.choice(texts)
