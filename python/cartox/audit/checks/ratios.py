"""Hazard, odds and risk ratios against their interval, their p-value and the number of events."""

from __future__ import annotations

from cartox.audit.checks.comparisons import gives, judge
from cartox.audit.checks.grouping import FigureTable, plain
from cartox.audit.checks.speaking import Audits, say
from cartox.audit.conventions import ratios
from cartox.audit.conventions.names import LOG_RANK, WALD_OF_INTERVAL
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Kind, Reading, Verdict
from cartox.audit.reading.figure import RATIOS, Figure
from cartox.audit.rounding import printed_interval

Bounds = tuple[float, float]
Interval = tuple[Figure, Figure, Figure]


def intervals(table: FigureTable, topic: list[Figure]) -> list[Interval]:
    """Ratios of a topic with the limits that are printed for them: ratio, low, high."""
    found = []
    for ratio in (figure for figure in topic if figure.statistic in RATIOS):
        same = [one for one in topic if plain(one.study_group) == plain(ratio.study_group)]
        low, high = ([one for one in same if one.statistic == name] for name in ("ci_low", "ci_high"))
        if len(low) == len(high) == 1:
            found.append((ratio, low[0], high[0]))
    return found


def audit_ratios(table: FigureTable, audits: Audits) -> None:
    """Check every ratio against its interval, and the interval of a hazard ratio against the events."""
    for topic in table.audited_topics():
        for ratio, low, high in intervals(table, topic):
            members = [ratio, low, high]
            if any(figure.reported < 0 for figure in members):
                for figure in members:
                    audits[figure.figure_id].say(
                        Verdict.IMPOSSIBLE, "A ratio is not negative.", kind=Kind.INTERVAL
                    )
                continue
            is_inside = _bounds(low)[0] <= _bounds(ratio)[1] and _bounds(ratio)[0] <= _bounds(high)[1]
            words = f"The ratio {ratio.printed} ({ratio.figure_id}) lies outside its interval {low.printed} to {high.printed}."
            say(audits, members, is_inside, words, Kind.INTERVAL)
            if is_inside and _bounds(low)[0] > 0:
                _check_symmetry(audits, (ratio, low, high))
                _check_events(audits, (ratio, low, high), topic)


def _check_symmetry(audits: Audits, interval: Interval) -> None:
    ratio, low, high = interval
    least, most = ratios.estimates(_bounds(low), _bounds(high))
    fits = least <= _bounds(ratio)[1] and _bounds(ratio)[0] <= most
    words = (
        f"The interval {low.printed} to {high.printed} belongs to a ratio of {least:.3g} to {most:.3g} on the "
        f"log scale, not {ratio.printed}; an exact or profile interval may."
    )
    say(audits, list(interval), fits, words, Kind.INTERVAL, verdict=Verdict.NO_READING)


def _check_events(audits: Audits, interval: Interval, topic: list[Figure]) -> None:
    ratio, low, high = interval
    events = _events(topic)
    if ratio.statistic != "hazard_ratio" or not events:
        return
    least = ratios.least_standard_error(events)
    _, most = ratios.standard_errors(_bounds(low), _bounds(high))
    words = (
        f"{events} events leave a standard error of the log hazard ratio of at least {least:.3f}; the interval "
        f"{low.printed} to {high.printed} has at most {most:.3f}."
    )
    say(audits, list(interval), most >= least, words, Kind.INTERVAL)


def audit_ratio_p(table: FigureTable, audit: FigureAudit, interval: Interval) -> None:
    """Add the readings of the p-value as that of a ratio, by its interval and by the number of events."""
    ratio, low, high = interval
    figure = audit.figure
    name = (GroupReading(ratio.study_group, 0, 0),)
    if _bounds(low)[0] <= 0 or _bounds(ratio)[0] <= 0:
        audit.note("A limit that may be 0 bounds no p-value.")
        return
    wald = ratios.wald_p(_bounds(ratio), _bounds(low), _bounds(high))
    if gives(figure, *wald):
        audit.readings.append(Reading(WALD_OF_INTERVAL, name, *wald))
    events = _events(table.topic(figure))
    if events and ratio.statistic == "hazard_ratio":
        log_rank = ratios.log_rank_p(_bounds(ratio), events)
        if gives(figure, log_rank[0] * 0.8, log_rank[1]) and not audit.readings:
            audit.readings.append(Reading(LOG_RANK, name, *log_rank, rank=1))
    words = (
        f"Estimate and interval give a p-value of {wald[0]:.2g} to {wald[1]:.2g}; "
        "a log-rank, score or likelihood-ratio test may differ."
    )
    judge(audit, 0, when_none=words, when_missing=words)


def _events(topic: list[Figure]) -> int:
    return int(
        sum(figure.reported for figure in topic if figure.statistic == "events" and figure.reported > 0)
    )


def _bounds(figure: Figure) -> Bounds:
    low, high = printed_interval(figure.reported, figure.decimals)
    return float(low), float(high)
