"""Read what the record models made of a landing."""

from collections import Counter, defaultdict
from importlib import resources

import duckdb

from cartox.intake import LandedFile, LandingReport
from cartox.validation.findings import KINDS, Finding, Term, ValidatedFile, Validation, column_of, kind_of

MODELS = (
    "record_conservation",
    "quarantined_records",
    "nulled_values",
    "int_labs__standardised",
    "int_exposure__read_doses",
    "int_terminology__terms",
)
"""The models that are read here; nothing else of the warehouse needs to be built."""

LINES_NAMED = 20


def read_validation(
    connection: duckdb.DuckDBPyConnection, landed: LandingReport, threshold: int
) -> Validation:
    """Return what was found; a term that stands in the records of fewer than `threshold` patients is not named."""
    counts = {
        entity: numbers
        for entity, *numbers in connection.execute(
            "select entity, n_accepted, n_duplicate, n_superseded, n_quarantined from marts.record_conservation"
        ).fetchall()
    }
    findings = _findings(connection)
    terms, withheld = _terms(connection, threshold)
    files = tuple(
        _file(one, counts[one.entity], findings[one.entity], terms[one.entity], withheld[one.entity])
        for one in landed.files
        if one.origin == "extract"
    )
    return Validation(files, landed.notes, threshold)


def _file(
    landed: LandedFile, counts: list[int], findings: list[Finding], terms: list[Term], withheld: Counter[str]
) -> ValidatedFile:
    n_accepted, n_duplicate, n_superseded, n_quarantined = counts
    return ValidatedFile(
        entity=landed.entity,
        source_file=landed.source_file,
        n_raw=landed.n_raw,
        n_accepted=n_accepted,
        n_duplicate=n_duplicate,
        n_superseded=n_superseded,
        n_quarantined=n_quarantined,
        absent_columns=landed.absent_columns,
        findings=tuple(sorted(findings, key=lambda finding: KINDS.index(finding.kind))),
        unmapped_terms=tuple(terms),
        n_withheld_terms=dict(withheld),
    )


def _findings(connection: duckdb.DuckDBPyConnection) -> defaultdict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    rows = connection.execute(_sql("findings"), {"n_lines": LINES_NAMED}).fetchall()
    for entity, reason, consequence, n_records, lines in rows:
        finding = Finding(
            kind_of(reason), column_of(entity, reason), reason, consequence, n_records, tuple(lines)
        )
        found[entity].append(finding)
    return found


def _terms(
    connection: duckdb.DuckDBPyConnection, threshold: int
) -> tuple[defaultdict[str, list[Term]], defaultdict[str, Counter[str]]]:
    named: defaultdict[str, list[Term]] = defaultdict(list)
    withheld: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity, column, term, n_records, n_patients in connection.execute(_sql("unmapped_terms")).fetchall():
        if n_patients >= threshold:
            named[entity].append(Term(column, term, n_records, n_patients))
        else:
            withheld[entity][column] += 1
    return named, withheld


def _sql(name: str) -> str:
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
