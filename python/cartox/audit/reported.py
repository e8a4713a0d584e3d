"""Verdict on one printed figure of the study, given what the records say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from cartox.audit.rounding import prints_as, whole_counts

PERCENT = "percent"
P_VALUES = ("p_value", "p_value_below")
SAID_OF_CERTAINTY = {"at_least": "at least ", "at_most": "at most ", "estimated": "about "}


class ReportedVerdict(StrEnum):
    """What can be said of a printed figure."""

    REPRODUCED = "reproduced"
    DIFFERS = "differs"
    IMPOSSIBLE = "impossible"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as printed, with the denominator of a percentage where it is known."""

    statistic: str
    reported: Decimal
    decimals: int
    denominator: int | None = None
    unit: str = ""

    def write(self, number: float | Decimal | None) -> str:
        """Write a number with the printed decimals and unit."""
        if number is None:
            return "nothing"
        text = f"{round_as_printed(float(number), self.decimals):.{self.decimals}f}"
        return f"{text} {self.unit}".strip()


@dataclass(frozen=True)
class NamedP:
    """A computed p-value and the convention that gives it; `is_rule` where the study's own rule picks it."""

    convention: str
    p_value: float
    is_rule: bool


@dataclass(frozen=True)
class ComputedFigure:
    """What the records give: a number, or p-values by convention, or why there is none.

    `count` of `total` belong to a percentage, `n` values (`n_missing` missing) to a median or a p-value;
    `smallest_expected` is that of a table of counts. `certainty` of the number is exact, at_least, at_most or
    estimated: a bound may print as the figure does, and the verdict is then of the bound.
    """

    value: float | None = None
    p_values: tuple[NamedP, ...] = ()
    count: int | None = None
    total: int | None = None
    n: int | None = None
    n_missing: int = 0
    smallest_expected: float | None = None
    not_applicable: str | None = None
    certainty: str | None = None


@dataclass(frozen=True)
class Judgement:
    """The verdict with the number behind it; `computed` is rounded as printed, `unrounded` is not.

    For a figure printed as `less than`, `computed` keeps two significant digits instead. `convention` and
    `follows_rule` are None unless the figure is a reproduced p-value, `certainty` where it is one or nothing was computed.
    """

    verdict: ReportedVerdict
    explanation: str
    computed: float | None = None
    unrounded: float | None = None
    convention: str | None = None
    follows_rule: bool | None = None
    certainty: str | None = None


def round_as_printed(number: float, decimals: int) -> Decimal:
    """Round half away from zero, without what floating point adds beyond twelve digits."""
    return Decimal(f"{number:.12g}").quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def judge(printed: PrintedFigure, computed: ComputedFigure) -> Judgement:
    """Compare a printed figure with what the records give.

    A percentage that no whole count of its denominator gives is impossible, whatever the records say. A
    p-value is sought under the study's rule first, then under the other conventions in their order.
    """
    if computed.not_applicable is not None:
        return Judgement(
            ReportedVerdict.NOT_APPLICABLE, _sentence(f"Not applicable: {computed.not_applicable}")
        )
    if printed.statistic in P_VALUES:
        return _judge_p_value(printed, computed)
    if computed.value is None:
        return Judgement(ReportedVerdict.NOT_APPLICABLE, "Not applicable: the records give no number.")
    if printed.statistic == PERCENT:
        impossible = _judge_impossible(printed, computed, computed.value)
        if impossible is not None:
            return impossible
    if prints_as(computed.value, printed.reported, printed.decimals):
        return Judgement(
            ReportedVerdict.REPRODUCED,
            _sentence(_basis(printed, computed)),
            computed=float(printed.reported),
            unrounded=computed.value,
            certainty=computed.certainty,
        )
    return Judgement(
        ReportedVerdict.DIFFERS,
        _sentence(f"{_basis(printed, computed)}; the study prints {printed.write(printed.reported)}"),
        computed=float(round_as_printed(computed.value, printed.decimals)),
        unrounded=computed.value,
        certainty=computed.certainty,
    )


def _judge_impossible(printed: PrintedFigure, computed: ComputedFigure, value: float) -> Judgement | None:
    denominator = printed.denominator if printed.denominator is not None else computed.total
    if not denominator or whole_counts(printed.reported, printed.decimals, denominator):
        return None
    below = int(printed.reported * denominator / 100)
    neighbors = [count for count in (below, below + 1) if 0 <= count <= denominator]
    nearest = " and ".join(f"{count} give {printed.write(100 * count / denominator)}" for count in neighbors)
    return Judgement(
        ReportedVerdict.IMPOSSIBLE,
        f"No whole number out of {denominator} is {printed.write(printed.reported)}: {nearest}. "
        f"{_sentence(_basis(printed, computed))}",
        computed=float(round_as_printed(value, printed.decimals)),
        unrounded=value,
        certainty=computed.certainty,
    )


def _judge_p_value(printed: PrintedFigure, computed: ComputedFigure) -> Judgement:
    ordered = sorted(computed.p_values, key=lambda named: not named.is_rule)
    if not ordered or not ordered[0].is_rule:
        return Judgement(ReportedVerdict.NOT_APPLICABLE, "Not applicable: the rule gives no p-value.")
    rule = ordered[0]
    fitting = next((named for named in ordered if _prints_p(printed, named.p_value)), None)
    due = f"{_due(rule, computed)} gives p = {_significant(rule.p_value)}"
    if fitting is None:
        others = ", ".join(f"{named.convention} {_significant(named.p_value)}" for named in ordered[1:])
        return Judgement(
            ReportedVerdict.DIFFERS,
            _sentence(
                f"{due}{_missing(computed)}; the study prints {_printed_p(printed)}, "
                "which no other convention gives" + (f" ({others})" if others else "")
            ),
            computed=_computed_p(printed, rule.p_value),
            unrounded=rule.p_value,
        )
    told = (
        due
        if fitting is rule
        else f"{due}; the printed {_printed_p(printed)} is that of {fitting.convention}"
    )
    if fitting is not rule:
        told += f" ({_significant(fitting.p_value)})"
    return Judgement(
        ReportedVerdict.REPRODUCED,
        _sentence(told + _missing(computed)),
        computed=_computed_p(printed, fitting.p_value),
        unrounded=fitting.p_value,
        convention=fitting.convention,
        follows_rule=fitting is rule,
    )


def _prints_p(printed: PrintedFigure, p_value: float) -> bool:
    if printed.statistic == "p_value_below":
        return p_value < float(printed.reported)
    return prints_as(p_value, printed.reported, printed.decimals)


def _computed_p(printed: PrintedFigure, p_value: float) -> float:
    if printed.statistic == "p_value_below":
        return float(f"{p_value:.2g}")
    if prints_as(p_value, printed.reported, printed.decimals):
        return float(printed.reported)
    return float(round_as_printed(p_value, printed.decimals))


def _printed_p(printed: PrintedFigure) -> str:
    sign = "p < " if printed.statistic == "p_value_below" else "p = "
    return sign + f"{printed.reported:.{printed.decimals}f}"


def _due(rule: NamedP, computed: ComputedFigure) -> str:
    if computed.smallest_expected is None:
        return f"the rule ({rule.convention})"
    return f"the rule ({rule.convention}, the smallest expected count being {computed.smallest_expected:.2f})"


def _basis(printed: PrintedFigure, computed: ComputedFigure) -> str:
    value = printed.write(computed.value)
    said = SAID_OF_CERTAINTY.get(computed.certainty or "", "")
    if printed.statistic == PERCENT and computed.count is not None:
        return f"the records give {said}{computed.count} of {computed.total}, {value}{_missing(computed)}"
    if computed.n is not None:
        return f"the records give {said}{value}, from {_plural(computed.n, 'value')}{_missing(computed)}"
    return f"the records give {said}{value}"


def _missing(computed: ComputedFigure) -> str:
    return f" ({_plural(computed.n_missing, 'value')} missing)" if computed.n_missing else ""


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _significant(p_value: float) -> str:
    return f"{p_value:.2g}" if p_value < 0.001 else f"{p_value:.4f}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
