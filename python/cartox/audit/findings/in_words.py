"""Readings in words, a line per convention and number of missing values."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.audit.conventions.names import TIES, WHOLE_COUNT
from cartox.audit.findings.verdicts import Reading


def reading_lines(readings: Sequence[Reading]) -> list[str]:
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
    if reading.convention == TIES:
        return "p-values that cannot be listed without the data"
    if reading.convention == WHOLE_COUNT:
        return f"{counts} = {reading.value_low:.4g} %"
    p = _span(f"{reading.value_low:.3g}", f"{reading.value_high:.3g}")
    if reading.u_of is None and any(group.count is None for group in reading.groups):
        return f"p {p}"
    if reading.u_of is None:
        return f"{counts}, p {p}{' (not by the rule)' if reading.follows_rule is False else ''}"
    sizes = " x ".join(str(group.size) for group in reading.groups)
    return f"U {_span(str(reading.u_low), str(reading.u_high))} of {sizes}, p {p}"


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
