"""How a check speaks of the figures that take part in it."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.audit.checks.grouping import FigureTable
from cartox.audit.checks.percentages import share_counts
from cartox.audit.findings.verdicts import FigureAudit, Kind, Verdict, Weight
from cartox.audit.reading.figure import Figure

Audits = dict[str, FigureAudit]


def say(
    audits: Audits,
    figures: Sequence[Figure],
    fits: bool,
    sentence: str,
    kind: Kind = Kind.IMPLIED,
    *,
    verdict: Verdict = Verdict.CONTRADICTION,
    weight: Weight | None = None,
) -> None:
    """Say of every figure that the check is fulfilled, or else the sentence, as one claim."""
    names = tuple(figure.figure_id for figure in figures)
    for name in names:
        if fits:
            audits[name].say(Verdict.CONSISTENT)
        else:
            audits[name].say(verdict, sentence, kind=kind, weight=weight, figures=names)


def complete_counts(table: FigureTable, figure: Figure) -> dict[int, range]:
    """Give the counts that the figure admits with no values missing, by what they are out of."""
    return {base.size: counts for base, counts in share_counts(table, [figure]) if not base.missing}
