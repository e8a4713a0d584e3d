"""Read what the record models made of a landing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from typing import NamedTuple

import duckdb

from cartox.intake import LandedFile, LandingReport
from cartox.intake.preview import translated_cells
from cartox.validation.findings import (
    KINDS,
    Became,
    Finding,
    LikelyCause,
    Term,
    ValidatedFile,
    Validation,
    column_of,
    kind_of,
)

MODELS = (
    "record_conservation",
    "record_dispositions",
    "quarantined_records",
    "nulled_values",
    "cdm_rows",
    "int_records__likely_causes",
    "int_labs__usability",
    "int_exposure__read_doses",
    "int_terminology__terms",
    "int_labs__unit_terms",
    "int_exposure__unit_terms",
    "int_infusions__all",
    "int_vital_status__all",
    "int_toxicity_assessments__all",
    "int_medication_administrations__all",
)
"""The models that are read here; nothing else of the warehouse needs to be built."""

LINES_NAMED = 20

_SILENCES = {
    "no_time": "{entity}: {n:,} of {n_of:,} records have a date and no time; each stands for any hour of its day,"
    " so that grades and doses around the index time are bounds or estimates",
    "no_record": "{entity}: {n:,} of {n_of:,} patients who were infused have no record; of them nobody says that they live,"
    " so that shares of deaths are unknown",
}


def read_validation(
    connection: duckdb.DuckDBPyConnection,
    landed: LandingReport,
    made_from_omop: Sequence[str],
    threshold: int,
    notes: Sequence[str] = (),
) -> Validation:
    """Return what was found in each file, and in each kind of record that was made from OMOP tables.

    A term that stands in the records of fewer than `threshold` patients is not named.
    """
    counts = {
        entity: Counted(*numbers)
        for entity, *numbers in connection.execute(
            "select entity, n_raw, n_accepted, n_duplicate, n_superseded, n_quarantined"
            " from marts.record_conservation"
        ).fetchall()
    }
    findings = _findings(connection)
    terms, withheld = _terms(connection, threshold)
    became, causes = _became(connection), _likely_causes(connection)
    sources = {source.name: source for source in landed.sources if source.origin == "extract"}

    def validated(entity: str, file: LandedFile | None) -> ValidatedFile:
        name = file.source_file if file else None
        found = [replace(one, source_file=None) if file else one for one in findings[entity]]
        return ValidatedFile(
            entity=entity,
            source_file=name,
            **counts[entity]._asdict(),
            absent_columns=file.absent_columns if file else (),
            findings=tuple(sorted(found, key=lambda finding: KINDS.index(finding.kind))),
            unmapped_terms=tuple(terms[entity]),
            n_withheld_terms=dict(Counter(term.column for term in withheld[entity])),
            became=tuple(became[entity]),
            likely_causes=tuple(causes[entity]) if file else (),
            withheld_terms=tuple(withheld[entity]),
            translated=translated_cells(sources[name]) if name in sources else (),
        )

    files = [validated(file.entity, file) for file in landed.files]
    return Validation(
        (*files, *(validated(kind, None) for kind in made_from_omop)),
        (*notes, *landed.notes, *_silences(connection)),
        threshold,
    )


def _silences(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Say once what a site does not chart in most records of a file."""
    return [
        _SILENCES[silence].format(entity=entity, n=n, n_of=n_of)
        for entity, silence, n, n_of in connection.execute(sql("silences")).fetchall()
        if 2 * n > n_of
    ]


class Counted(NamedTuple):
    """Records of a kind by what becomes of them."""

    n_raw: int
    n_accepted: int
    n_duplicate: int
    n_superseded: int
    n_quarantined: int


def _findings(connection: duckdb.DuckDBPyConnection) -> defaultdict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    rows = connection.execute(sql("findings"), {"n_lines": LINES_NAMED}).fetchall()
    for entity, reason, consequence, source_file, n_records, lines in rows:
        kind, column = kind_of(reason), column_of(entity, reason)
        finding = Finding(kind, column, reason, consequence, n_records, tuple(lines), source_file)
        found[entity].append(finding)
    return found


def _became(connection: duckdb.DuckDBPyConnection) -> defaultdict[str, list[Became]]:
    rows: defaultdict[str, list[Became]] = defaultdict(list)
    for table, *account in connection.execute(
        "select cdm_table, became, reason, n_rows from marts.cdm_rows order by n_rows desc, became asc, reason asc"
    ).fetchall():
        rows[table].append(Became(*account))
    return rows


def _likely_causes(connection: duckdb.DuckDBPyConnection) -> defaultdict[str, list[LikelyCause]]:
    causes: defaultdict[str, list[LikelyCause]] = defaultdict(list)
    for entity, *told in connection.execute(
        "select entity, column_name, cause, n_cells, first_line, low, high, declaration"
        " from intermediate.int_records__likely_causes order by n_cells desc, column_name asc, cause asc"
    ).fetchall():
        causes[entity].append(LikelyCause(*told))
    return causes


def _terms(
    connection: duckdb.DuckDBPyConnection, threshold: int
) -> tuple[defaultdict[str, list[Term]], defaultdict[str, list[Term]]]:
    named: defaultdict[str, list[Term]] = defaultdict(list)
    withheld: defaultdict[str, list[Term]] = defaultdict(list)
    for entity, *told, _code, _word in connection.execute(sql("unmapped_terms")).fetchall():
        term = Term(*told)
        (named if term.n_patients >= threshold else withheld)[entity].append(term)
    return named, withheld


def sql(name: str) -> str:
    """Return a query of this package by its file's name."""
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
