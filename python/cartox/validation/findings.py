"""What is missing, unmapped or doubtful in the sources. Nothing here holds a cell's content but frequent terms."""

from dataclasses import asdict, dataclass
from typing import Any

from cartox.intake.contract import ENTITIES, TABLES
from cartox.intake.preview import TranslatedCell

MISSING, UNMAPPED, DOUBTFUL = "missing", "unmapped", "doubtful"
KINDS = (MISSING, UNMAPPED, DOUBTFUL)
COUNTED_ONCE = "counted once"
_ORPHAN = "unknown_patient"
_NAMING_A_COLUMN = ("missing", "unknown", "unreadable", "implausible")


@dataclass(frozen=True)
class Finding:
    """One reason that records of a file share.

    `kind` is missing, unmapped or doubtful; `column` the one that the reason is about, None where it is about
    the whole record; `consequence` what a run does; `n_records` how many records; `lines` where the first of
    them begin (rows of a Parquet file or of a database's table). `source_file` is told of records that were
    made from OMOP tables: the table on whose lines they stand.
    """

    kind: str
    column: str | None
    reason: str
    consequence: str
    n_records: int
    lines: tuple[int, ...]
    source_file: str | None = None


@dataclass(frozen=True)
class Became:
    """What rows of an OMOP table became: a kind of record, knowledge to read records with, or none, and why."""

    became: str
    reason: str
    n_rows: int


@dataclass(frozen=True)
class Term:
    """A word or code of the site that no seed knows, with the records that hang on it.

    `is_suspected` tells of a drug whose name looks like that of a glucocorticoid.
    """

    column: str
    term: str
    n_records: int
    n_patients: int
    is_suspected: bool = False


@dataclass(frozen=True)
class LikelyCause:
    """What may have happened to cells of a column, by their look: so many look so, the first on line `first_line`.

    `low` and `high` are the numbers between which they lie, where that is what tells; `declaration` is what would
    mend it in the study file, None where nothing there does.
    """

    column: str
    cause: str
    n_cells: int
    first_line: int
    low: float | None = None
    high: float | None = None
    declaration: str | None = None


@dataclass(frozen=True)
class ValidatedFile:
    """One file: its records by what becomes of them, the optional columns that it lacks, and what was found.

    `source_file` is None for a kind of record that was made from OMOP tables; each of these is a file of its
    own, with `became`. `unmapped_terms` stand in the records of enough patients to be no patient's own, suspected
    ones first; `n_withheld_terms` counts, by column, those that too few patients have to be named; these are
    `withheld_terms`, for the owner alone, as are `translated`: cells of the first records, before and after.
    """

    entity: str
    source_file: str | None
    n_raw: int
    n_accepted: int
    n_duplicate: int
    n_superseded: int
    n_quarantined: int
    absent_columns: tuple[str, ...]
    findings: tuple[Finding, ...]
    unmapped_terms: tuple[Term, ...]
    n_withheld_terms: dict[str, int]
    became: tuple[Became, ...] = ()
    likely_causes: tuple[LikelyCause, ...] = ()
    withheld_terms: tuple[Term, ...] = ()
    translated: tuple[TranslatedCell, ...] = ()

    @property
    def n_suspected(self) -> int:
        """How many unmapped names of drugs look like that of a glucocorticoid, named or withheld."""
        return sum(term.is_suspected for term in (*self.unmapped_terms, *self.withheld_terms))


@dataclass(frozen=True)
class Validation:
    """What was found in every file, in the contract's order, and notes on what is not there or not read."""

    files: tuple[ValidatedFile, ...]
    notes: tuple[str, ...]
    disclosure_threshold: int

    @property
    def n_raw(self) -> int:
        """How many records were delivered; those made from OMOP tables were delivered as rows of these."""
        return sum(file.n_raw for file in self.files if file.source_file is not None)

    @property
    def n_quarantined(self) -> int:
        """How many records a run would not use."""
        return sum(file.n_quarantined for file in self.files)

    @property
    def leaves_bounds(self) -> bool:
        """Whether a run would use every record and yet not every cell: what hangs on one is null or a bound."""
        return any(
            file.n_suspected or any(finding.consequence != COUNTED_ONCE for finding in file.findings)
            for file in self.files
        )

    def as_record(self) -> dict[str, Any]:
        """Return everything as plain data, but what is a patient's own: terms of too few to be named, and cells."""
        record = asdict(self)
        for file, plain in zip(self.files, record["files"], strict=True):
            del plain["withheld_terms"], plain["translated"]
            plain["n_suspected"] = file.n_suspected
        return record


def kind_of(reason: str) -> str:
    """Return whether a reason of the models tells of something missing, unmapped or doubtful."""
    if reason.startswith("missing_"):
        return MISSING
    return UNMAPPED if reason.startswith("unknown_") and reason != _ORPHAN else DOUBTFUL


def column_of(entity: str, reason: str) -> str | None:
    """Return the column that a reason names, None where it names none."""
    if reason == _ORPHAN:
        return "patient_id"
    prefix, _, name = reason.partition("_")
    table = ENTITIES.get(entity) or TABLES.get(entity)
    return name if prefix in _NAMING_A_COLUMN and table and name in table.column_names else None
