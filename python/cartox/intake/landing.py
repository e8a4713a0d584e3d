"""Land what a study is to read: each table as an all-text Parquet file beside the records that could not be read."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES, TABLES
from cartox.intake.declaration import read_declarations
from cartox.intake.folder import find_files
from cartox.intake.landed_file import LANDED, REJECTED, LandedFile, land_file, landing_schema
from cartox.intake.omop_tables import find_tables
from cartox.intake.place import replaced_as_a_whole
from cartox.intake.records import SourceFile
from cartox.intake.vocabulary import ABOUT, used_concepts
from cartox.owner import FOLDER, owner_only
from cartox.progress import Progress
from cartox.synthetic_mark import MARK, SENTENCE, is_marked, mark_as_synthetic

INFUSION_DETAILS = "infusion_details"
"""What the extract's infusions are counted as where infusions come from OMOP, which cannot carry all of them."""

_CONTRACTS = {"extract": ENTITIES, "omop": TABLES}


@dataclass(frozen=True)
class LandingReport:
    """The files that were landed, in the contract's order, one line for each thing worth a look, and what was read."""

    files: tuple[LandedFile, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceFile, ...] = ()


def land(extract: Path, landing: Path, progress: Progress) -> LandingReport:
    """Land the study extract in the folder `extract`, replacing what lies in `landing` as a whole.

    Writes `extract/<entity>.parquet` for every kind of record, `omop/<table>.parquet` without rows for every
    table of the common data model, `rejected_records.parquet` and `landed_files.parquet`, and the mark of
    synthetic records where the sources bear it. On any error what was
    landed before stays as it was, and so it does where the process is killed: `landing` becomes a link, which
    is moved in one step.

    Raises UserError for an extract that breaks the contract as a whole: one line with file, column and line.
    """
    return land_sources(landing, progress, extract=extract)


@owner_only()
def land_sources(
    landing: Path,
    progress: Progress,
    *,
    extract: Path | None = None,
    omop: Path | None = None,
    required: Collection[str] = ENTITIES,
    sources: Mapping[str, Any] | None = None,
) -> LandingReport:
    """Land an extract, a site's OMOP tables (a folder or a DuckDB file), or both, as `land` does.

    `required` are the kinds of record that are taken from the extract, which must have them. Infusions taken
    from OMOP are completed from the extract's, where it has them; its other files are not read. What is not
    there is landed without rows, with a note on what cannot be computed for want of it. Of the vocabulary the
    rows about concepts that the records use are landed, the others counted. `sources` declares, by table, how the
    extract's files differ from the contract (`read_declarations`).

    Raises UserError as `land` does, where neither is given, and for a declaration that is not one.
    """
    declared = read_declarations(sources)
    files: list[SourceFile] = []
    notes: list[str] = []
    for origin, place in (("extract", extract), ("omop", omop)):
        if place is not None:
            _require_apart(place, landing)
            progress.step(f"Reading the {'extract' if origin == 'extract' else 'OMOP tables'} {place}")
            roles = {"infusions": INFUSION_DETAILS} if omop is not None else {}
            found, told = (
                find_files(place, required, roles, declared) if origin == "extract" else find_tables(place)
            )
            files += found
            notes += told
    is_synthetic = any(place is not None and is_marked(place) for place in (extract, omop))
    if is_synthetic:
        notes.append(f"{MARK}: {SENTENCE[0].lower()}{SENTENCE[1:]}")
    if not files:
        raise UserError("an extract or a set of OMOP tables is expected")
    with replaced_as_a_whole(landing) as building:
        landed = []
        with pq.ParquetWriter(building / "rejected_records.parquet", REJECTED) as rejected_records:
            for origin in _CONTRACTS:
                (building / origin).mkdir(mode=FOLDER)
            used = None
            sizes = [source.path.stat().st_size for source in files]
            for number, source in enumerate(files):
                folder = building / source.origin
                if source.entity.name in ABOUT and used is None:  # the contract has the vocabulary last
                    used = used_concepts(folder)
                told_of = partial(_tell, progress, source, sum(sizes[:number]), sum(sizes))
                landed.append(land_file(source, folder, rejected_records, notes, told_of, used))
        _land_nothing_for_others(building)
        rows = pa.Table.from_pylist([vars(file) for file in landed], schema=LANDED)
        pq.write_table(rows, building / "landed_files.parquet")
        if is_synthetic:
            mark_as_synthetic(building)
    progress.advance("", sum(sizes), sum(sizes))
    return LandingReport(tuple(landed), tuple(notes), tuple(files))


def _land_nothing_for_others(building: Path) -> None:
    for origin, contract in _CONTRACTS.items():
        for name, entity in contract.items():
            file = building / origin / f"{name}.parquet"
            if not file.exists():
                pq.write_table(landing_schema(entity).empty_table(), file)


def _tell(
    progress: Progress, source: SourceFile, bytes_before: int, n_bytes: int, n_records: int, position: int
) -> None:
    progress.advance(f"{source.name}, {n_records:,} records", bytes_before + position, n_bytes)


def _require_apart(extract: Path, landing: Path) -> None:
    """Refuse to replace a folder that holds what is read or anything that was not landed here."""
    if Path(os.path.realpath(extract)).is_relative_to(os.path.realpath(landing)):
        raise UserError(f"{extract}: this lies in the landing folder {landing}, which is to be replaced")
    if landing.exists() and not landing.is_dir():
        raise UserError(f"{landing}: a folder to land in is expected, this is a file")
    if landing.exists() and any(landing.iterdir()) and not (landing / "landed_files.parquet").exists():
        raise UserError(f"{landing}: this folder holds something other than a landing and is not replaced")
