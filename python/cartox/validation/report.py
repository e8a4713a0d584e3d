"""Print what was found, file by file."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cartox.intake.preview import TranslatedCell
from cartox.terminal import heading, new_table, print_table, sentence
from cartox.validation.findings import Became, Finding, LikelyCause, Term, ValidatedFile, Validation

LINES_SHOWN = 3
TERMS_SHOWN = 10
LONGEST_SHOWN = 40
READ = "read"  # the reason of marts.cdm_rows for a row that became what it should
_OPEN_COLUMNS = ("medication", "test_name", "purpose")


def print_validation(validation: Validation, console: Console) -> None:
    """Print for each file its counts, what is missing, unmapped or doubtful, and the terms that no seed knows.

    Cells of the first records are shown on a terminal alone, never in what is written to a log.
    """
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
    if file.translated and console.is_terminal:
        sentence(console, "First records, before and after what the study file declares:")
        print_table(console, _translated(file.translated))
    if file.findings:
        print_table(console, _table(file.findings))
    for cause in file.likely_causes:
        sentence(console, _likely(cause))
    if file.n_suspected:
        sentence(console, _suspected(file))
    unknown = (term for term in (*file.unmapped_terms, *file.withheld_terms) if not term.is_suspected)
    for column in dict.fromkeys(term.column for term in unknown):
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


def _translated(cells: Sequence[TranslatedCell]) -> Table:
    table = new_table("line", "column", "before", "after", numeric_from=4)
    for cell in cells:
        table.add_row(f"{cell.line_number:,}", cell.column, _shortened(cell.before), _shortened(cell.after))
    return table


def _shortened(text: str | None) -> Text:
    """Return a cell's text in one line, without what a terminal would act on."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text or "")
    return Text(shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}...")


def _lines(finding: Finding) -> str:
    shown = ", ".join(map(str, finding.lines[:LINES_SHOWN]))
    lines = f"{shown} ..." if finding.n_records > LINES_SHOWN else shown
    return f"{finding.source_file}: {lines}" if finding.source_file else lines


def _terms(file: ValidatedFile, column: str, threshold: int) -> str:
    terms = [term for term in file.unmapped_terms if term.column == column and not term.is_suspected]
    n_withheld = sum(term.column == column and not term.is_suspected for term in file.withheld_terms)
    what = "not read by the study" if column in _OPEN_COLUMNS else "unmapped"
    n_terms = len(terms) + n_withheld
    text = f"{column}: {n_terms:,} {'term is' if n_terms == 1 else 'terms are'} {what}"
    if terms:
        text += f": {_shown(terms)}"
    if n_withheld:
        text += f"; {n_withheld:,} of fewer than {threshold} patients each not named here"
    return text


def _suspected(file: ValidatedFile) -> str:
    """Name the drugs that nobody knows and whose names look like that of a glucocorticoid."""
    named = [term for term in file.unmapped_terms if term.is_suspected]
    withheld = [term for term in file.withheld_terms if term.is_suspected]
    n_records = sum(term.n_records for term in (*named, *withheld))
    text = (
        "Like the name of a glucocorticoid, and known to no seed: "
        f"{_counted(file.n_suspected, 'name')} in {_counted(n_records, 'record')};"
        " where one was given by a route that is not local, the dose is at least what is known"
    )
    if named:
        text += f": {_shown(named)}"
    if withheld:
        text += f"; {len(withheld):,} not named here"
    return text


def _shown(terms: Sequence[Term]) -> str:
    shown = [f"{term.term} ({term.n_records:,})" for term in terms[:TERMS_SHOWN]]
    return f"{'; '.join(shown)}" + ("; ..." if len(terms) > TERMS_SHOWN else "")


def _likely(cause: LikelyCause) -> str:
    cells = _counted(cause.n_cells, "cell")
    between = f" between {cause.low:g} and {cause.high:g}" if cause.low is not None else ""
    mend = f" In the study file's sources: {cause.declaration}" if cause.declaration else ""
    return f"{cause.column}: {cells}{between}, the first on line {cause.first_line:,}: {cause.cause}?{mend}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
