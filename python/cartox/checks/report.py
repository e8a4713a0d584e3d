"""What the checks say."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from rich.console import Console

from cartox.terminal import new_table, print_table

PASSED, FAILED, NOT_APPLICABLE, ERROR = STATUSES = ("passed", "failed", "not applicable", "error")
UNREADABLE = "the table cannot be checked"
STYLES = {PASSED: "green", FAILED: "bold red", NOT_APPLICABLE: "dim", ERROR: "bold red"}


@dataclass(frozen=True)
class CheckRow:
    """One expectation: its suite (the table that it is about), its name, its state, and what was found.

    `not applicable`: there was nothing to check, which is no pass. `error`: the check could not run.
    """

    suite: str
    expectation: str
    status: str
    detail: str


@dataclass(frozen=True)
class CheckReport:
    """All expectations, by suite in the order of their project."""

    rows: list[CheckRow] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing failed and nothing went wrong."""
        return not any(row.status in (FAILED, ERROR) for row in self.rows)

    def count(self, status: str, suite: str | None = None) -> int:
        """How many expectations have that status, in one suite or in all."""
        return sum(row.status == status and suite in (None, row.suite) for row in self.rows)

    def as_records(self) -> list[dict[str, str]]:
        """Return the rows as plain data."""
        return [asdict(row) for row in self.rows]


def print_checks(report: CheckReport, console: Console) -> None:
    """Print the number of expectations on one line; by suite, too, and which, where one failed or could not run."""
    if report.is_good:
        n_left = report.count(NOT_APPLICABLE)
        left = f", {n_left:,} not applicable: nothing to check" if n_left else ""
        told = f"{report.count(PASSED):,} of {len(report.rows):,} checks passed{left}."
        console.print(told, markup=False, highlight=False)
        return
    console.print("Checks", style="bold")
    table = new_table("Suite", *STATUSES)
    by_suite: dict[str, Counter[str]] = {}
    for row in report.rows:
        by_suite.setdefault(row.suite, Counter())[row.status] += 1
    for suite, counts in by_suite.items():
        table.add_row(suite, *(_count(counts[status], status) for status in STATUSES))
    table.add_section()
    table.add_row("all", *(_count(report.count(status), status) for status in STATUSES))
    print_table(console, table, indent=0)
    for row in report.rows:
        if row.status in (FAILED, ERROR):
            console.print(
                f"[{STYLES[row.status]}]{row.status}[/] {row.suite} {row.expectation}: {row.detail}",
                highlight=False,
                soft_wrap=True,
            )


def _count(number: int, status: str) -> str:
    return f"[{STYLES[status]}]{number}[/]" if number else "-"
