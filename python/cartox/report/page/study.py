"""The study that a warehouse holds: its names and sizes, and the patients under running numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from cartox.report import reading
from cartox.report.reading import Counts, Record
from cartox.synthetic_mark import MANIFEST_KEY

GROUPS = ("responder", "non_responder")
NOT_EVALUABLE = "not_evaluable"
MOST_DRAWN = 200
"""Of a larger cohort the figures draw so many single patients: more marks hide one another and weigh megabytes."""

GROUP_NAMES = {
    "responder": "Responders",
    "non_responder": "Non-responders",
    "not_evaluable": "Not evaluable",
    "all": "All",
}
GROUP_COLORS = {
    "responder": "responder",
    "non_responder": "non-responder",
    "not_evaluable": "line",
    "all": "ink",
}
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
TOGETHER = re.compile(r"\([^()]{0,40}\)| = | %|\d of \d")
PATIENTS = """
create or replace temp table report_order as
select patient_id
from marts.cohort
order by
    study_group desc,
    cast(toxicity_resolved_at as date) - cast(index_started_at as date) asc nulls last,
    index_study_day asc,
    md5(patient_id) asc
"""
NUMBERED_PATIENTS = f"""
create or replace temp table report_patients as
select
    cohort.patient_id,
    cohort.study_group,
    ordered.rowid + 1 as patient_number,
    cohort.index_study_day,
    date_diff('day', cast(treated.infused_at as date), cast(cohort.toxicity_resolved_at as date)) as resolved_day,
    date_diff('day', cast(treated.infused_at as date), treated.died_on) as death_day,
    cohort.patient_id in (
        select drawn.patient_id from marts.cohort as drawn order by md5(drawn.patient_id), drawn.patient_id limit {MOST_DRAWN}
    ) as is_in_sample
from marts.cohort as cohort
inner join report_order as ordered on cohort.patient_id = ordered.patient_id
inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
"""  # noqa: S608 (a number)


@dataclass(frozen=True)
class Study:
    """A warehouse open to read, with what every part of the report needs to know."""

    connection: duckdb.DuckDBPyConnection
    manifest: Mapping[str, str | None]
    n_treated: int
    group_sizes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> Study:
        """Read names and sizes. Patients get running numbers by group and course, which tell no identifier."""
        connection.execute(PATIENTS)
        connection.execute(NUMBERED_PATIENTS)
        manifest = {
            key: printable(value or "") or None for key, value in reading.manifest(connection).items()
        }
        populations = reading.counts(connection, "population")
        sizes = {row["study_group"]: row["n"] for row in populations.rows if row["item"] == "cohort"}
        return cls(connection, manifest, populations.n("treated", "all", "treated"), sizes)

    @property
    def n_cohort(self) -> int:
        """How many patients the cohort has."""
        return self.group_sizes.get("all", 0)

    @property
    def is_synthetic(self) -> bool:
        """Whether the records bear the mark that they are synthetic."""
        return bool(self.manifest.get(MANIFEST_KEY))

    @property
    def drug(self) -> str:
        """The index drug."""
        return self.manifest.get("var.index_drug") or "the index drug"

    @property
    def toxicity(self) -> str:
        """The index toxicity."""
        return self.manifest.get("var.index_toxicity") or "the index toxicity"

    @property
    def last_day(self) -> int:
        """The last study day of grids and grades."""
        return int(self.manifest.get("var.last_study_day") or 30)

    @property
    def sample_note(self) -> tuple[str, ...]:
        """What a figure of single patients says where it cannot draw all of them."""
        if self.n_cohort <= MOST_DRAWN:
            return ()
        return (
            f"Single patients: a sample of {MOST_DRAWN} of the {self.n_cohort:,} of the cohort, chosen without regard to "
            "what became of them. All else is of the whole cohort.",
        )

    @property
    def empty_cohort(self) -> str | None:
        """Why nothing can be said of the cohort; None where it has patients."""
        if self.n_cohort:
            return None
        return f"no treated patient is known to have been given {self.drug} for {self.toxicity}, so the cohort is empty"

    def variable(self, name: str) -> str:
        """Return a var of the run as text; lists in words."""
        text = self.manifest.get(f"var.{name}")
        if text is None:
            return "none"
        if text.startswith("["):
            return ", ".join(str(item) for item in json.loads(text))
        return text

    def counts(self, topic: str) -> Counts:
        """Return what results.counts says of a topic."""
        return Counts([row for row in self.rows(reading.COUNTS) if row["topic"] == topic])

    def rows(self, query: str) -> list[Record]:
        """Return the rows of a query; texts without characters that files cannot hold or that hide others."""
        return [
            {key: printable(value) if isinstance(value, str) else value for key, value in row.items()}
            for row in reading.records(self.connection, query)
        ]


def printable(text: str) -> str:
    """Return a text with control and direction characters made visible."""
    return UNPRINTABLE.sub("\ufffd", text)


def sentence_case(text: str) -> str:
    """Return a text with its first letter in upper case and the others as they are."""
    return text[:1].upper() + text[1:]


def with_unit(label: str, unit: str | None) -> str:
    """Return a label with its unit after it, unless the label names the unit already."""
    return label if not unit or unit in label.lower().split() else f"{label}, {unit}"


def kept_together(text: object) -> str:
    """Return a cell that a narrow column breaks neither inside a bracket nor before a unit or a value."""
    return TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), str(text))


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: its first letter lower, unless it begins an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def words(name: str) -> str:
    """Return a snake_case name in words."""
    return name.replace("_", " ")
