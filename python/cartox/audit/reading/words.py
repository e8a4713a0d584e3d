"""What the words of a label or header say about the numbers below them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

CENTERS = {"median": re.compile(r"\bmedians?\b"), "mean": re.compile(r"\bmeans?\b|\baverage\b")}
SPREADS = {
    "quartiles": re.compile(r"\biqr\b|inter-?quartile|\bq1\b|25th|\bquartiles?\b"),
    "range": re.compile(r"(?<!quartile )(?<!quartile-)\branges?\b|\bmin\b"),
    "interval": re.compile(r"\b9[059]\s?%\s?c\.?i\b|\bci\b|confidence"),
    "sd": re.compile(r"\bsd\b|s\.d\.|standard deviations?|\bstd\b"),
    "se": re.compile(r"\bsem?\b|standard errors?"),
}
COUNTS = re.compile(
    r"\b(no\.?|n|numbers?|counts?)( of (patients|subjects|participants))?\s*[,/]?\s*"
    r"[(\[]\s*((row|column|col\.?)\s+)?(%|percent(age)?s?)\s*[)\]]|"
    r"%\s*[(\[]\s*(n|no\.?)\s*[)\]]|\bn,\s*%|\bn/n\s*[(\[]\s*%"
)
PERCENT = re.compile(r"(?<!\d)(?<!\d )%|\bper ?cent(ages?)?\b")
PAIR = re.compile(
    r"\b(median|mean)s?\b\W{0,4}(?:of\s+\w+\s*)?[(\[,±/]?\W{0,3}"
    r"(iqr|inter-?quartile|q1|25th|range|min|sd|s\.d\.|standard deviation|sem?\b|standard error|9[059]\s?%\s?c|ci\b)"
)
RATIOS = {
    "hazard_ratio": re.compile(r"\ba?HR\b|[Hh]azard [Rr]atio"),
    "odds_ratio": re.compile(r"\ba?OR\b|[Oo]dds [Rr]atio"),
    "risk_ratio": re.compile(r"\ba?RR\b|([Rr]isk|[Rr]ate) [Rr]atio|[Rr]elative [Rr]isk"),
}
P_HEADER = re.compile(
    r"p|p\W.*|significance|(.*\W)?p[ -]?(vals?|values?|wert)(\W.*)?|q[ -]?values?|valeur de p|valor (de )?p"
)
ADJUSTED_P = re.compile(r"adjust|multi-?varia|correct|trend|interact|bonferroni|fdr|holm|\bq\b|q-value")
"""P-values of another test than that of the numbers beside them."""
SIZE = re.compile(
    r"[(\[,:;]?\s*\b[nN]\s*=\s*([1-9][0-9]{0,2}(?:[,.'’ \u00a0\u202f\u2009][0-9]{3})+(?![0-9])|[0-9]+)\s*[)\]]?"
)
"""The size of a group; of its signs between digits, those before three digits part thousands."""
SIZE_LABEL = re.compile(
    r"(n|no\.|(no\.?|number)( of)?( patients| subjects| participants)|number|patients|subjects|participants)"
    r"(, ?n|, ?no\.?| ?\(n\))?",
    re.IGNORECASE,
)
MISSING_LABEL = re.compile(
    r"[-–—(]*\s*(unknown|missing( data| values?)?|not (known|available|reported|assessed|recorded|evaluated)|no data|"
    r"data (missing|not available))(, ?(n|no\.?))?\s*\)?",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(deaths?|died|dead|alive|patients?|subjects|participants|males?|females?|men|women|yes|unknown|missing|"
    r"responders?|relapses?|relapsed|progressed|present|absent)\b",
    re.IGNORECASE,
)
"""Words of what is counted: a whole number by itself beside them is a count."""
EVERYBODY = re.compile(
    r"(total|overall|all|(all )?(treated )?(patients|subjects|participants)|everyone|combined|pooled|"
    r"(entire|whole|total|full|study|overall)( study)? (cohort|group|population|sample)|"
    r"(alle|gesamt|insgesamt|tous|ensemble|todos|tutti)( \w+)?)"
)
NO_GROUP = re.compile(
    r"(smd|std\.? ?diff.*|standardi[sz]ed.*|test( used)?|test statistic|missing.*|difference.*|effect.*|"
    r"(chi|χ).*|t|z|u|f|df|comments?|notes?|references?|method|change.*)"
)
STATISTIC_WORDS = re.compile(
    r"[,;:–—-]?\s*[(\[]?\s*\b(median|means?|average|no\.|no|n|number)(?![a-z])\s*(of patients)?\s*"
    r"([(\[,±/]\s*(\+/-)?\s*(range|iqr|interquartile range|inter-quartile range|q1\s*[-–,]\s*q3|min\s*[-–,]\s*max|"
    r"sd|s\.d\.|standard deviation|sem?|((row|column)\s+)?%|95\s?% ci)\s*[)\]]?|±\s*sd)\s*[)\]]?",
    re.IGNORECASE,
)
LAST_WORDS = re.compile(r"(,\s*(median|mean|average|n|no\.?|number|range|iqr|%)|\s*\(%\))\s*$", re.IGNORECASE)
UNIT = re.compile(r"\(([^()]{1,20})\)\s*$|,\s*([^,()]{1,15})$|\[([^\[\]]{1,20})\]\s*$")
UNIT_WORD = re.compile(
    r"(years?|yrs?|y|months?|weeks?|days?|hours?|grade|points?|[^\s]*[/^×%][^\s]*|[a-zA-Zµμ]{1,5}( x day/\S+)?)"
)
SURE_UNIT = re.compile(
    r"(years?|yrs?|y|months?|weeks?|days?|hours?|points?|kg|g|mg|cm|mm|mmhg|bpm|°c|[^\s\d]*\d*[^\s]*/[^\s]+)",
    re.IGNORECASE,
)
"""Words that are units wherever they stand; others of `UNIT_WORD` are so at the end of a label alone."""
YEARS = {"yrs": "years", "yr": "years", "year": "years", "y": "years"}


@dataclass(frozen=True)
class Meaning:
    """Center, spread and kind of the numbers, as far as words say: None where they do not, "?" where two do.

    `pairs` are centers that the words join to a spread: "n (%), median (IQR), or mean (SD)" has two.
    """

    center: str | None = None
    spread: str | None = None
    ratio: str | None = None
    counts: bool = False
    percent: bool = False
    pairs: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Column:
    """Role, name and size of the group, and what the header says.

    Roles: label, level (a second column of labels), statistic (names of statistics), group, measured (how many
    have a value), p, ratio, interval (that of the ratio before), unit, other. `part` is "count", "percent", "sd"
    or "se" where a group's numbers stand in columns of their own. `question` is asked of every cell.
    """

    role: str
    name: str
    size: int | None
    said: Meaning
    part: str = ""
    question: str = ""
    has_unit: bool = False


def size_of(text: str) -> int | None:
    """Give the size that a header or label prints, None where it prints none."""
    match = SIZE.search(text)
    digits = re.sub(r"[^0-9]", "", match[1]) if match else ""
    return int(digits) if digits and len(digits) < 12 else None


def meaning(text: str) -> Meaning:
    """Read a label, a header or a note."""
    lower = text.lower()
    return Meaning(
        center=_only(name for name, words in CENTERS.items() if words.search(lower)),
        spread=_only(name for name, words in SPREADS.items() if words.search(lower)),
        ratio=_only(name for name, words in RATIOS.items() if words.search(text)),
        counts=COUNTS.search(lower) is not None,
        percent=PERCENT.search(lower) is not None,
        pairs=frozenset(
            (match[1], spread)
            for match in PAIR.finditer(lower)
            if (spread := _only(name for name, words in SPREADS.items() if words.search(match[2] + " ")))
        ),
    )


def _only(names: Iterable[str]) -> str | None:
    found = list(names)
    return None if not found else found[0] if len(found) == 1 else "?"


def first_said(*meanings: Meaning) -> Meaning:
    """Join what several places say, the nearest to the number first."""
    return Meaning(
        center=next((one.center for one in meanings if one.center), None),
        spread=next((one.spread for one in meanings if one.spread), None),
        ratio=next((one.ratio for one in meanings if one.ratio), None),
        counts=next((one.counts for one in meanings if one.counts or one.center or one.ratio), False),
        percent=any(one.percent for one in meanings),
        pairs=next((one.pairs for one in meanings if one.pairs), frozenset()),
    )


def description_and_unit(label: str) -> tuple[str, str]:
    """Take the words for statistics out of a row's label, and its unit from the end."""
    text = LAST_WORDS.sub("", STATISTIC_WORDS.sub("", SIZE.sub("", label))).strip(" ,;:–—-\u00a0")
    unit = ""
    match = UNIT.search(text)
    if match and not re.search(r"%|[<>=]", match[0]):
        candidate = next(filter(None, match.groups())).strip()
        if UNIT_WORD.fullmatch(candidate):
            unit, text = candidate, text[: match.start()].strip(" ,;:–—-")
    return text or label.strip(), YEARS.get(unit, unit)


def is_statistic_alone(label: str) -> str | None:
    """Give the unit of a label that names a statistic and nothing else, as `Median (range), yr`; None else."""
    text = STATISTIC_WORDS.sub("", label)
    rest = LAST_WORDS.sub("", text).strip(" ,;:()[]–—-\u00a0")
    if text == label or (rest and SURE_UNIT.fullmatch(rest) is None):
        return None
    return YEARS.get(rest, rest)
