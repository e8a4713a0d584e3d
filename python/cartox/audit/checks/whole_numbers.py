"""What medians, quartiles, means and standard deviations of whole numbers can be.

A median of an odd number of whole values is whole, of an even number a multiple of a half; a quartile's step
hangs on its type (Hyndman and Fan, Am Stat 1996;50:361-365) and is checked only where the type is stated. A
mean is a whole sum over the number of values (GRIM: Brown and Heathers, Soc Psychol Personal Sci
2017;8:363-369); a standard deviation belongs to a whole sum of squares that is odd where the sum is (GRIMMER:
Anaya, PeerJ Preprints 2016;4:e2400v1), over n or n - 1.

Values are whole by the nature of their unit, or, years alone, because smallest and largest are printed whole:
then a number that cannot be is a contradiction of the two, not impossible. Months and days are often computed
and are left alone.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from cartox.audit.checks.grouping import FigureTable, plain
from cartox.audit.checks.speaking import Audits
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import Kind, Verdict, Weight
from cartox.audit.reading.figure import Figure
from cartox.audit.rounding import neighbors, printed_interval

ALWAYS_WHOLE = frozenset(
    {"points", "lines", "grade", "patients", "deaths", "events", "doses", "cycles", "infusions"}
)
"""Units counted in whole numbers by their nature."""
WHOLE_BY_CUSTOM = frozenset({"years"})
"""Units recorded in whole numbers by custom: whole where smallest and largest value are printed so."""
LARGEST_N = 1_000_000
MOST_SIZES = 1_000
"""Numbers of values that are tried where the table states none for the figure itself."""


def audit_whole_numbers(table: FigureTable, audits: Audits, rules: StatedRules) -> None:
    """Check every figure of whole numbers that states how many there are, as far as it is bound by that."""
    for figure in table.audited:
        if figure.statistic in ("min", "q1", "median", "q3", "max") and is_whole(table, figure):
            _check_quantile(audits, figure, rules)
        elif figure.statistic in ("mean", "sd") and is_whole(table, figure):
            _check_moment(table, audits, figure)


def is_whole(table: FigureTable, figure: Figure) -> bool:
    """Whether the values behind a figure are whole, by their unit or by how their range is printed."""
    unit = plain(figure.unit)
    if unit in ALWAYS_WHOLE:
        return True
    ends = [
        other.decimals
        for other in table.topic(figure)
        if other.statistic in ("min", "max") and plain(other.study_group) == plain(figure.study_group)
    ]
    return unit in WHOLE_BY_CUSTOM and len(ends) == 2 and not any(ends)


def quantile_step(statistic: str, n: int | None, rules: StatedRules) -> Fraction | None:
    """Step of a quantile of whole values; None where a quartile's type is not stated."""
    if statistic in ("min", "max"):
        return Fraction(1)
    if statistic == "median":
        return Fraction(1) if n is not None and n % 2 == 1 else Fraction(1, 2)
    if rules.quantile in (1, 3):
        return Fraction(1)
    if rules.quantile == 2:
        return Fraction(1, 2)
    share = Fraction(1 if statistic == "q1" else 3, 4)
    if n is None or rules.quantile not in (4, 5, 6, 7):
        return None
    place = {4: n * share, 5: n * share + Fraction(1, 2), 6: (n + 1) * share, 7: (n - 1) * share + 1}
    return Fraction(1, (place[rules.quantile] % 1).denominator)


def _check_quantile(audits: Audits, figure: Figure, rules: StatedRules) -> None:
    step = quantile_step(figure.statistic, figure.denominator, rules)
    if step is None:
        return
    if _has_multiple(*printed_interval(figure.reported, figure.decimals), step):
        audits[figure.figure_id].say(Verdict.CONSISTENT)
        return
    near = any(
        _has_multiple(*printed_interval(each, figure.decimals), step)
        for each in neighbors(figure.reported, figure.decimals)
    )
    is_counted = figure.statistic in ("q1", "median", "q3") and figure.denominator is not None
    of = f"{figure.denominator} " if is_counted else ""
    sentence = f"No {figure.statistic} of {of}whole {figure.unit} prints as {figure.printed}."
    _accuse(audits, figure, sentence, near)


def _accuse(audits: Audits, figure: Figure, sentence: str, near: bool) -> None:
    weight = Weight.LAST_DIGIT if near else Weight.SUBSTANCE
    verdict = Verdict.IMPOSSIBLE
    if plain(figure.unit) not in ALWAYS_WHOLE:
        verdict, weight = Verdict.CONTRADICTION, Weight.QUESTION
        sentence += (
            f" {figure.unit.capitalize()} with parts of one would, of which the ends were printed whole."
        )
    audits[figure.figure_id].say(verdict, sentence, kind=Kind.WHOLE_NUMBERS, weight=weight)


def _has_multiple(low: Fraction, high: Fraction, step: Fraction) -> bool:
    return -(-low // step) * step <= high


def _check_moment(table: FigureTable, audits: Audits, figure: Figure) -> None:
    """Check a mean, or a standard deviation with the mean beside it, for the stated number of values."""
    group = [one for one in table.topic(figure) if plain(one.study_group) == plain(figure.study_group)]
    means = [one for one in group if one.statistic == "mean"]
    size = table.complete_size([figure])
    if len(means) != 1 or size is None or size.size > LARGEST_N:
        return
    (mean,) = means
    if not size.inferred_from:
        if _fits(mean, figure, size.size):
            audits[figure.figure_id].say(Verdict.CONSISTENT)
        elif figure is mean or _sums(mean, size.size):
            near = figure is mean and any(
                _sums_of(each, mean.decimals, size.size) for each in neighbors(mean.reported, mean.decimals)
            )
            words = "mean" if figure is mean else f"standard deviation beside a mean of {mean.printed}"
            sentence = f"No {words} of {size.size} whole {figure.unit} prints as {figure.printed}."
            _accuse(audits, figure, sentence, near)
        return
    missing = next((m for m in range(min(size.size, MOST_SIZES)) if _fits(mean, figure, size.size - m)), None)
    if missing == 0:
        audits[figure.figure_id].say(Verdict.CONSISTENT)
    elif missing is not None:
        sentence = (
            f"No {size.size} whole {figure.unit} give {figure.printed}; {size.size - missing} do, "
            f"{missing} without a value."
        )
        audits[figure.figure_id].say(Verdict.NEEDS_MISSING_VALUES, sentence, kind=Kind.WHOLE_NUMBERS)
    elif size.size <= MOST_SIZES and (figure is mean or any(_sums(mean, n + 1) for n in range(size.size))):
        sentence = f"No number of whole {figure.unit} up to {size.size} gives {figure.printed}."
        audits[figure.figure_id].say(
            Verdict.CONTRADICTION, sentence, kind=Kind.WHOLE_NUMBERS, weight=Weight.QUESTION
        )


def _fits(mean: Figure, figure: Figure, n: int) -> bool:
    """Whether some whole values have the mean, and the figure as their standard deviation if it is one."""
    sums = _sums(mean, n)
    if figure is mean:
        return bool(sums)
    return any(_is_deviation(figure, total, n) for total in sums)


def _sums(mean: Figure, n: int) -> range:
    return _sums_of(mean.reported, mean.decimals, n)


def _sums_of(reported: Decimal, decimals: int, n: int) -> range:
    low, high = printed_interval(reported, decimals)
    return range(ceil(low * n), floor(high * n) + 1)


def _is_deviation(sd: Figure, total: int, n: int) -> bool:
    """Whether a sum of squares exists that is whole, of the sum's parity, and prints as the deviation."""
    low, high = printed_interval(sd.reported, sd.decimals)
    low = max(low, Fraction(0))
    for divisor in {n, max(1, n - 1)}:
        first = ceil(low * low * divisor + Fraction(total * total, n))
        last = floor(high * high * divisor + Fraction(total * total, n))
        first += (first - total) % 2
        if first <= last:
            return True
    return False
