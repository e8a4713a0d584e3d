"""Numbers as a clinician reads them."""

from __future__ import annotations

NOT_APPLICABLE = "not applicable"
ADJUSTED = (
    "p BH: adjusted by Benjamini and Hochberg within a family of planned tests, of what was known before the index time or "
    "of what came after it; n/a for what is part of the outcome's definition."
)
NOT_CLAIMED = (
    "Peak grades, areas under the curve, and steroids from the index time on and in total include the time after the index time: "
    "they describe the course and cannot select patients."
)


def number(value: float | None) -> str:
    """Write a value with one decimal, two below 10, none where it is whole."""
    if value is None:
        return NOT_APPLICABLE
    decimals = 2 if abs(value) < 10 else 1
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def p_value(value: float | None) -> str:
    """Write a p-value with three decimals, four below 0.1, and `<0.001`."""
    if value is None:
        return "n/a"
    if value < 0.001:
        return "<0.001"
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}"


def share(count: int | None, total: int | None, percent: float | None) -> str:
    """Write a count of a total with its percentage."""
    if count is None or total is None or percent is None:
        return NOT_APPLICABLE
    return f"{count} of {total} ({percent:.1f} %)"


def interval(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Write an interval; an end that does not exist is infinity."""
    if low is None and high is None:
        return NOT_APPLICABLE
    ends = ("-∞" if low is None else f"{low:.{decimals}f}", "∞" if high is None else f"{high:.{decimals}f}")
    return " to ".join(ends)


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """Write a count with its noun."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"
