"""What the words of a label or header say about the numbers below them."""

from __future__ import annotations

import re
from dataclasses import dataclass

CENTERS = {"median": re.compile(r"\bmedians?\b"), "mean": re.compile(r"\bmeans?\b|\baverage\b")}
SPREADS = {
    "quartiles": re.compile(r"\biqr\b|inter-?quartile|\bq1\b|25th|\bquartiles?\b"),
    "range": re.compile(r"(?<!quartile )(?<!quartile-)\branges?\b|\bmin\b"),
    "interval": re.compile(r"\b9[059]\s?%\s?c\.?i\b|\bci\b|confidence"),
    "sd": re.compile(r"\bsd\b|s\.d\.|standard deviation|\bstd\b"),
    "se": re.compile(r"\bsem?\b|standard error"),
}
COUNTS = re.compile(
    r"\b(no\.?|n|number|count)\s*[,/]?\s*[(\[]\s*%\s*[)\]]|%\s*[(\[]\s*(n|no\.?)\s*[)\]]|\bn,\s*%"
)
RATIOS = {
    "hazard_ratio": re.compile(r"\ba?HR\b|[Hh]azard [Rr]atio"),
    "odds_ratio": re.compile(r"\ba?OR\b|[Oo]dds [Rr]atio"),
    "risk_ratio": re.compile(r"\ba?RR\b|([Rr]isk|[Rr]ate) [Rr]atio|[Rr]elative [Rr]isk"),
}
P_HEADER = re.compile(r"p|p[ -]?vals?(ue)?s?|p for .*|significance|p[ -]?values? .*")
SIZE = re.compile(r"[(\[,:;]?\s*\b[nN]\s*=\s*([0-9][0-9,]*)\s*[)\]]?")
EVERYBODY = re.compile(
    r"(total|overall|all|(all )?(patients|subjects|participants)|(entire|whole|total) cohort|everyone)"
)
NO_GROUP = re.compile(
    r"(smd|std\.? ?diff.*|standardi[sz]ed.*|test( used)?|statistics?|test statistic|missing.*|difference.*|effect.*|"
    r"(chi|χ).*|t|z|u|f|df|comments?|notes?|references?|method|95 ?% ?ci)"
)
STATISTIC_WORDS = re.compile(
    r"[,;:–—-]?\s*[(\[]?\s*\b(median|means?|average|no\.|no|n|number)(?![a-z])\s*(of patients)?\s*"
    r"([(\[,±/]\s*(\+/-)?\s*(range|iqr|interquartile range|inter-quartile range|q1\s*[-–,]\s*q3|min\s*[-–,]\s*max|"
    r"sd|s\.d\.|standard deviation|sem?|%|95\s?% ci)\s*[)\]]?|±\s*sd)\s*[)\]]?",
    re.IGNORECASE,
)
LAST_WORDS = re.compile(r",\s*(median|mean|average|n|no\.?|number|range|iqr|%)\s*$", re.IGNORECASE)
UNIT = re.compile(r"\(([^()]{1,20})\)\s*$|,\s*([^,()]{1,15})$|\[([^\[\]]{1,20})\]\s*$")


@dataclass(frozen=True)
class Meaning:
    """Center, spread and kind of the numbers, as far as words say: None where they do not, "?" where two do."""

    center: str | None = None
    spread: str | None = None
    ratio: str | None = None
    counts: bool = False


def meaning(text: str) -> Meaning:
    """Read a label, a header or a note."""
    lower = text.lower()
    return Meaning(
        center=_only(name for name, words in CENTERS.items() if words.search(lower)),
        spread=_only(name for name, words in SPREADS.items() if words.search(lower)),
        ratio=_only(name for name, words in RATIOS.items() if words.search(text)),
        counts=COUNTS.search(lower) is not None,
    )


def _only(names: object) -> str | None:
    found = list(names)  # type: ignore[call-overload]
    return None if not found else found[0] if len(found) == 1 else "?"


def first_said(*meanings: Meaning) -> Meaning:
    """Join what several places say, the nearest to the number first."""
    return Meaning(
        center=next((one.center for one in meanings if one.center), None),
        spread=next((one.spread for one in meanings if one.spread), None),
        ratio=next((one.ratio for one in meanings if one.ratio), None),
        counts=next((one.counts for one in meanings if one.counts or one.center or one.ratio), False),
    )


def description_and_unit(label: str) -> tuple[str, str]:
    """Take the words for statistics out of a row's label, and its unit from the end."""
    text = LAST_WORDS.sub("", STATISTIC_WORDS.sub("", SIZE.sub("", label))).strip(" ,;:–—-\u00a0")
    unit = ""
    match = UNIT.search(text)
    if match and not re.search(r"%|[<>=]", match[0]):
        candidate = next(filter(None, match.groups())).strip()
        if re.fullmatch(
            r"(years?|yrs?|months?|weeks?|days?|hours?|grade|points?|[^\s]*[/^×%][^\s]*|[a-zA-Zµμ]{1,5}( x day/\S+)?)",
            candidate,
        ):
            unit, text = candidate, text[: match.start()].strip(" ,;:–—-")
    return text or label.strip(), {"yrs": "years", "yr": "years", "year": "years"}.get(unit, unit)
