"""The audit as JSON objects and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from cartox.audit.conventions.names import WHOLE_COUNT
from cartox.audit.findings.verdicts import FigureAudit, Reading, Verdict

STYLES = {
    Verdict.IMPOSSIBLE: "bold red",
    Verdict.CONTRADICTION: "bold red",
    Verdict.RULE_NOT_FOLLOWED: "red",
    Verdict.NO_READING: "yellow",
    Verdict.NEEDS_MISSING_VALUES: "yellow",
    Verdict.CONSISTENT: "green",
    Verdict.NOT_CHECKABLE: "dim",
}

CAPTION = (
    "U counts for the group with the higher median, on its side of the expectation, and supposes no ties. "
    "Missing: patients without a value, over both groups."
)


def as_json(audits: Sequence[FigureAudit]) -> list[dict[str, Any]]:
    """One object per figure: figure_id, verdict, readings (most plausible first), explanation (sentences).

    A reading has convention, value_low and value_high (unrounded, equal where there is one value),
    n_missing, groups (study_group, size, missing, count), u (group, low, high, may_mirror; null for
    shares), smallest_expected, follows_rule and assumes.
    """
    return [
        {
            "figure_id": audit.figure.figure_id,
            "verdict": str(audit.verdict),
            "readings": [_reading(reading) for reading in audit.readings],
            "explanation": list(audit.explanation),
        }
        for audit in audits
    ]


def _reading(reading: Reading) -> dict[str, Any]:
    u = None
    if reading.u_of is not None:
        u = {
            "study_group": reading.u_of,
            "low": reading.u_low,
            "high": reading.u_high,
            "may_mirror": reading.u_may_mirror,
        }
    return {
        "convention": reading.convention,
        "value_low": reading.value_low,
        "value_high": reading.value_high,
        "n_missing": reading.n_missing,
        "groups": [
            {"study_group": one.study_group, "size": one.size, "missing": one.missing, "count": one.count}
            for one in reading.groups
        ],
        "u": u,
        "smallest_expected": reading.smallest_expected,
        "follows_rule": reading.follows_rule,
        "assumes": reading.assumes,
    }


def as_table(audits: Sequence[FigureAudit]) -> Table:
    """Make a Rich table with a row per figure: printed digits, verdict, reasons, every reading in order."""
    table = Table(title="Audit of printed figures", caption=CAPTION, show_lines=True)
    for column in ("figure", "printed", "verdict"):
        table.add_column(column, no_wrap=column != "figure")
    table.add_column("why", ratio=2)
    table.add_column("readings, most plausible first", ratio=3)
    for audit in audits:
        sign = "< " if audit.figure.statistic == "p_value_below" else ""
        table.add_row(
            escape(audit.figure.figure_id),
            f"{sign}{audit.figure.printed}{' %' if audit.figure.statistic == 'percent' else ''}",
            f"[{STYLES[audit.verdict]}]{audit.verdict.replace('_', ' ')}[/]",
            escape("\n".join(audit.explanation)),
            escape("\n".join(_lines(audit.readings))),
        )
    return table


def _lines(readings: Sequence[Reading]) -> list[str]:
    """Put readings in words; a line per convention and number of missing values, equal lines once."""
    words: dict[tuple[str, int], list[str]] = {}
    for reading in readings:
        words.setdefault((reading.convention, reading.n_missing), []).append(_in_words(reading))
    lines: dict[tuple[int, str], list[str]] = {}
    for (convention, n_missing), each in words.items():
        lines.setdefault((n_missing, "; ".join(each)), []).append(convention)
    return [
        f"{' or '.join(conventions)}{f', {n_missing} missing' if n_missing else ''}: {line}"
        for (n_missing, line), conventions in lines.items()
    ]


def _in_words(reading: Reading) -> str:
    counts = " vs ".join(f"{group.count}/{group.size}" for group in reading.groups)
    if reading.convention == WHOLE_COUNT:
        return f"{counts} = {reading.value_low:.4g} %"
    p = _span(f"{reading.value_low:.3g}", f"{reading.value_high:.3g}")
    if reading.u_of is None:
        return f"{counts}, p {p}{' (not by the rule)' if reading.follows_rule is False else ''}"
    sizes = " x ".join(str(group.size) for group in reading.groups)
    return f"U {_span(str(reading.u_low), str(reading.u_high))} of {sizes}, p {p}"


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
