"""Effects in words."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.report.page.study import in_sentence
from cartox.report.reading import Counts, Record
from cartox.report.wording import difference, p_value, plural

KNOWN = "before_index"
ODDS_RATIO = "odds ratio"


def effect_text(row: Record) -> str:
    """Write the odds ratio, or the difference in the variable's own unit, with its interval."""
    if row["effect_name"] != ODDS_RATIO:
        return difference(row)
    value = "∞" if row["is_infinite"] else f"{row['effect']:.2f}"
    low = "-∞" if row["effect_low"] is None else f"{row['effect_low']:.2f}"
    high = "∞" if row["effect_high"] is None else f"{row['effect_high']:.2f}"
    return f"{value} ({low} to {high})"


def effects_sentence(drug: str, known: Sequence[Record], counted: Counts) -> str:
    """Say how many intervals exclude no difference, and the widest gap, of what was known before the index time."""
    if not known:
        return f"No comparison of what was known when {drug} began has an effect that these records can give."
    ranked = [row for row in known if row["effect_name"] != ODDS_RATIO]
    said = ""
    if ranked:
        most = max(ranked, key=lambda row: abs(row["effect"]))
        said = (
            f" The widest gap between ranks is that of {in_sentence(most['label'])}: {effect_text(most)}, "
            f"p {_equals(p_value(most['p_value']))}, adjusted {_equals(p_value(most['p_bh']))}."
        )
    n_telling, n_all = counted.n(KNOWN, "interval_on_one_side"), counted.n(KNOWN, "with_effect")
    return (
        f"Of what was known when {drug} began, the unadjusted 95 % interval lies wholly on one side of no difference in "
        f"{n_telling} of {plural(n_all, 'comparison')}.{said}"
    )


def is_zero_odds(row: Record) -> bool:
    """Whether an effect is an odds ratio of 0."""
    return bool(row["effect_name"] == ODDS_RATIO and row["effect"] == 0)


def _equals(text: str) -> str:
    return text.replace("<", "< ") if text.startswith("<") else f"= {text}"
