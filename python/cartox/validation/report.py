"""Print what was found, file by file."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from cartox.terminal import heading, new_table, print_table, sentence
from cartox.validation.findings import Became, Finding, ValidatedFile, Validation

LINES_SHOWN = 3
TERMS_SHOWN = 10
READ = "read"  # the reason of marts.cdm_rows for a row that became what it should
_OPEN_COLUMNS = ("medication", "test_name", "purpose")


def print_validation(validation: Validation, console: Console) -> None:
    """Print for each file its counts, what is missing, unmapped or doubtful, and the terms that no seed knows."""
    for file in validation.files:
        _print_file(file, validation.disclosure_threshold, console)
    console.print()
    for note in validation.notes:
        console.print(f"Note: {note}", markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"{validation.n_quarantined:,} of {validation.n_raw:,} records would be quarantined.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _print_file(file: ValidatedFile, threshold: int, console: Console) -> None:
    heading(console, file.source_file or f"{file.entity}, made from OMOP tables")
    sentence(console, f"{file.n_raw:,} records: {_rows(file) if file.became else _records(file)}")
    if file.absent_columns:
        sentence(console, f"Optional columns that it lacks: {', '.join(file.absent_columns)}")
    if file.findings:
        print_table(console, _table(file.findings))
    for column in dict.fromkeys([*(term.column for term in file.unmapped_terms), *file.n_withheld_terms]):
        sentence(console, _terms(file, column, threshold))


def _records(file: ValidatedFile) -> str:
    return (
        f"{file.n_accepted:,} accepted, {file.n_duplicate:,} duplicate, {file.n_superseded:,} superseded,"
        f" {file.n_quarantined:,} quarantined"
    )


def _rows(file: ValidatedFile) -> str:
    told = [*map(_account, file.became), f"{file.n_quarantined:,} quarantined"]
    return ", ".join(told)


def _account(rows: Became) -> str:
    return f"{rows.n_rows:,} {rows.became}" + (f" ({rows.reason})" if rows.reason != READ else "")


def _table(findings: Sequence[Finding]) -> Table:
    table = new_table("", "column", "reason", "in a run", "lines", "records", numeric_from=5)
    for finding in findings:
        table.add_row(
            finding.kind,
            finding.column or "",
            finding.reason,
            finding.consequence,
            _lines(finding),
            f"{finding.n_records:,}",
        )
    return table


def _lines(finding: Finding) -> str:
    shown = ", ".join(map(str, finding.lines[:LINES_SHOWN]))
    lines = f"{shown} ..." if finding.n_records > LINES_SHOWN else shown
    return f"{finding.source_file}: {lines}" if finding.source_file else lines


def _terms(file: ValidatedFile, column: str, threshold: int) -> str:
    terms = [term for term in file.unmapped_terms if term.column == column]
    n_withheld = file.n_withheld_terms.get(column, 0)
    what = "not read by the study" if column in _OPEN_COLUMNS else "unmapped"
    n_terms = len(terms) + n_withheld
    text = f"{column}: {n_terms:,} {'term is' if n_terms == 1 else 'terms are'} {what}"
    if terms:
        shown = [f"{term.term} ({term.n_records:,})" for term in terms[:TERMS_SHOWN]]
        text += f": {'; '.join(shown)}" + ("; ..." if len(terms) > TERMS_SHOWN else "")
    if n_withheld:
        text += f"; {n_withheld:,} of fewer than {threshold} patients each not named here"
    return text
