"""Percentages of one group that do not fit its size and all fit another one: one cause, one finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cartox.audit.checks.grouping import plain
from cartox.audit.findings.verdicts import FigureAudit, Kind
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import whole_counts

FEWEST = 2
LARGEST_SIZE = 5_000
MOST_BY_CHANCE = 0.05
"""Share of sizes that may fit all the percentages, beyond which fitting one says nothing."""
MOST_SIZES = 3


@dataclass(frozen=True)
class CommonSize:
    """Figures of one group that all fit these numbers of patients, nearest to the printed size first."""

    figures: tuple[str, ...]
    sizes: tuple[int, ...]
    sentence: str


def common_sizes(audits: Sequence[FigureAudit]) -> list[CommonSize]:
    """Find, for each group, the size that all its percentages in question fit."""
    by_group: dict[str, list[FigureAudit]] = defaultdict(list)
    for audit in audits:
        alone = [claim for claim in audit.claims if claim.kind is Kind.SHARE]
        if audit.figure.statistic == "percent" and alone:
            by_group[plain(audit.figure.study_group)].append(audit)
    found = [_common(group, audits) for group in by_group.values() if len(group) >= FEWEST]
    return [one for one in found if one is not None]


def _common(group: list[FigureAudit], audits: Sequence[FigureAudit]) -> CommonSize | None:
    printed = max((_size(audit) for audit in group), default=0)
    if not 0 < printed <= LARGEST_SIZE:
        return None
    counts = [_count(audit.figure, audits) for audit in group]
    fitting = [
        size
        for size in range(1, 2 * printed + 1)
        if size != printed
        and all(_fits(audit.figure, count, size) for audit, count in zip(group, counts, strict=True))
    ]
    if not fitting or len(fitting) > max(MOST_SIZES, MOST_BY_CHANCE * 2 * printed):
        return None
    fitting.sort(key=lambda size: abs(size - printed))
    names = tuple(audit.figure.figure_id for audit in group)
    who = group[0].figure.study_group or "everybody"
    sentence = (
        f"{len(names)} percentages of {who} do not fit {printed} patients; all of them fit {fitting[0]}."
    )
    return CommonSize(names, tuple(fitting[:MOST_SIZES]), sentence)


def _size(audit: FigureAudit) -> int:
    if audit.figure.denominator is not None:
        return audit.figure.denominator
    return max((r.groups[0].size + r.groups[0].missing for r in audit.readings if r.n_missing), default=0)


def _count(figure: Figure, audits: Sequence[FigureAudit]) -> int | None:
    """Find the printed count of a percentage, beside it or in a figure of its own."""
    if figure.numerator is not None:
        return figure.numerator
    for audit in audits:
        other = audit.figure
        if other.statistic == "count" and _topic(other) == _topic(figure):
            return int(other.reported)
    return None


def _topic(figure: Figure) -> tuple[str, str, str]:
    return plain(figure.section), plain(figure.description), plain(figure.study_group)


def _fits(figure: Figure, count: int | None, size: int) -> bool:
    counts = whole_counts(figure.reported, figure.decimals, size)
    return bool(counts) if count is None else count in counts
