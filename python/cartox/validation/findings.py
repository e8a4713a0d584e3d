"""What is missing, unmapped or doubtful in an extract. Nothing here holds a cell's content but frequent terms."""

from dataclasses import asdict, dataclass
from typing import Any

from cartox.intake.contract import ENTITIES

MISSING, UNMAPPED, DOUBTFUL = "missing", "unmapped", "doubtful"
KINDS = (MISSING, UNMAPPED, DOUBTFUL)
_ORPHAN = "unknown_patient"
_NAMING_A_COLUMN = ("missing", "unknown", "unreadable", "implausible")


@dataclass(frozen=True)
class Finding:
    """One reason that records of a file share.

    `kind` is missing, unmapped or doubtful; `column` the one that the reason is about, None where it is about
    the whole record; `consequence` what a run does; `n_records` how many records; `lines` where the first of
    them begin (rows of a Parquet file).
    """

    kind: str
    column: str | None
    reason: str
    consequence: str
    n_records: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Term:
    """A word or code of the site that no seed knows, in the records of enough patients to be no patient's own."""

    column: str
    term: str
    n_records: int
    n_patients: int


@dataclass(frozen=True)
class ValidatedFile:
    """One file: its records by what becomes of them, the optional columns that it lacks, and what was found.

    `n_withheld_terms` counts, by column, the unmapped terms that too few patients have to be named.
    """

    entity: str
    source_file: str
    n_raw: int
    n_accepted: int
    n_duplicate: int
    n_superseded: int
    n_quarantined: int
    absent_columns: tuple[str, ...]
    findings: tuple[Finding, ...]
    unmapped_terms: tuple[Term, ...]
    n_withheld_terms: dict[str, int]


@dataclass(frozen=True)
class Validation:
    """What was found in every file, in the contract's order, and the intake's notes."""

    files: tuple[ValidatedFile, ...]
    notes: tuple[str, ...]
    disclosure_threshold: int

    @property
    def n_quarantined(self) -> int:
        """How many records a run would not use."""
        return sum(file.n_quarantined for file in self.files)

    def as_record(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return asdict(self)


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
    return name if prefix in _NAMING_A_COLUMN and name in ENTITIES[entity].column_names else None
