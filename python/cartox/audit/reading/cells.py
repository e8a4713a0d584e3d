"""What one cell of a printed table says: numbers with their meaning, or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cartox.audit.reading.words import Meaning, first_said, meaning

NOBODY = Meaning()

MARKS = re.compile(r"[*†‡§¶‖#ᵃᵇᶜᵈᵉᶠᵍʰ⁰¹²³⁴⁵⁶⁷⁸⁹]+")
LETTER_MARK = re.compile(r"(?<=[0-9)%])\s?[a-h]$")
POINTS = "·∙⋅•‧"
"""Signs that journals, and what copies from their pages, set as a raised decimal point."""
DASHES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "\u00a0": " ", "≤": "<", "≥": ">"}
    | dict.fromkeys(POINTS, ".")
)
THIN_THOUSANDS = re.compile(r"(?<=[0-9])[\u202f\u2009](?=[0-9]{3}(?![0-9]))")
BLANK = re.compile(
    r"(|-+|\.+|n/?a\.?|nr|nd|ref\.?|reference|1(\.0+)? \(ref(erence)?\.?\)|not (reported|available|applicable|done))",
    re.IGNORECASE,
)
COMMA_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:,\d{3})+)(?![\d,])")
POINT_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:\.\d{3})+)(?=,\d{1,2}(?!\d))")
"""Groups of three parted by points, before a decimal comma."""
N = r"(\d{1,15}(?:\.\d{1,12})?|\.\d{1,12})"
TO = r"\s*(?:-|to|,|;)\s*"
P = re.compile(rf"(?:p(?:[ -]?value)?\s*)?[=:]?\s*([<>])?\s*[=]?\s*{N}", re.IGNORECASE)
NOT_SIGNIFICANT = re.compile(r"n\.?\s?s\.?|not significant", re.IGNORECASE)
SHARE = re.compile(rf"{N}\s*(?:(?:/|of)\s*{N})?\s*[(\[]\s*{N}\s*(%)?\s*[)\]]\s*(%)?")
SHARE_TURNED = re.compile(rf"{N}\s*%\s*[(\[]\s*(?:n\s*=\s*)?{N}\s*(?:(?:/|of)\s*{N})?\s*[)\]]")
FRACTION = re.compile(rf"{N}\s*(?:/|of)\s*{N}")
PERCENT = re.compile(rf"{N}\s*%")
SPREAD = re.compile(rf"{N}\s*(?:±|\+/-)\s*{N}")
INTERVAL = re.compile(
    rf"{N}\s*[(\[;,]\s*(?:(iqr|range|95\s?%\s?ci|ci)\s*[:,]?\s*)?{N}{TO}{N}\s*[)\]]?", re.IGNORECASE
)
LIMITS = re.compile(rf"[(\[]?\s*{N}{TO}{N}\s*[)\]]?")
SINGLE = re.compile(N)
NEAR_PERCENT = 1.5
"""Points by which a percentage may differ from that of the whole group and still be told from a deviation."""
ENDS = {"quartiles": ("q1", "q3"), "range": ("min", "max"), "interval": ("ci_low", "ci_high")}


@dataclass(frozen=True)
class Part:
    """One printed number of a cell: its statistic, its digits, and for a share its count and base."""

    statistic: str
    digits: str
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True)
class Read:
    """What a cell says: parts, or a question; `reading` in words."""

    parts: tuple[Part, ...] = ()
    question: str = ""

    @property
    def reading(self) -> str:
        """How the cell was read, in words."""
        words = []
        for part in self.parts:
            of = f" of {part.denominator}" if part.denominator else ""
            count = f" ({part.numerator}{of})" if part.numerator else ""
            words.append(f"{part.statistic.replace('_', ' ')} {part.digits}{count}")
        return ", ".join(words) or "nothing"


def clean(text: str, mark: str) -> str:
    """Take footnote marks and dashes to plain signs, and decimal commas to points where that is the table's mark."""
    plain = THIN_THOUSANDS.sub("", MARKS.sub("", text))
    plain = LETTER_MARK.sub("", " ".join(plain.translate(DASHES).split()))
    if mark == ",":
        whole = POINT_THOUSANDS.sub(lambda m: m[1] + m[2].replace(".", ""), plain)
        return re.sub(r"(?<=\d),(?=\d)", ".", whole)
    return COMMA_THOUSANDS.sub(lambda m: m[1] + m[2].replace(",", ""), plain)


def decimal_mark(texts: list[str]) -> str:
    """Decimal mark of a table: a comma only where one can only be that, and every point can part thousands."""
    joined = "  ".join(texts)
    without = re.sub(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])", "", joined)
    has_point = re.search(rf"\d\.\d|(?<!\w)\.\d|\d[{POINTS}]\d", without) is not None
    is_comma = (
        re.search(r"(?<![\d,.])0,\d|(?<![\d,.])\d+,\d{1,2}(?![\d,])\s*(?:%|\(|\[|±|$| {2})", joined)
        is not None
    )
    return "," if is_comma and not has_point else "."


@dataclass(frozen=True)
class Around:
    """What is known about a cell from elsewhere.

    `said` is what label and header say, `noted` what the lines around the table do. `size` is that of the group
    where the row's numbers look like counts with their percentages; `counts` where a whole number by itself is a
    count; `has_unit` where the row is measured in a unit, `in_percent` where it may be measured in percent.
    """

    said: Meaning = NOBODY
    noted: Meaning = NOBODY
    size: int | None = None
    counts: bool = False
    has_unit: bool = False
    in_percent: bool = False
    part: str = ""


def read_cell(text: str, mark: str, around: Around) -> Read:
    """Read a cell in a column of a study group."""
    cell = clean(text, mark)
    if BLANK.fullmatch(cell):
        return Read()
    if unclear := _unclear(cell, mark):
        return Read(question=unclear)
    own = first_said(meaning(cell), around.said)
    has_words = own.center or own.counts or own.ratio
    said = own if has_words else first_said(own, around.noted)
    for found in (
        _share(cell, said, around),
        _spread(cell, said),
        _interval(cell, said),
        _single(cell, own, around),
    ):
        if found is not None:
            return found
    return Read(
        question="what do these characters say? write it as 31 (60 %), 64.5 (19-78), 5.1 ± 2.0 or <0.001"
    )


def holds_numbers(text: str) -> bool:
    """Whether a text is of the forms that cells have: a count with its percentage, a value with its spread."""
    cell = clean(text, ".")
    return any(form.fullmatch(cell) for form in (SHARE, SHARE_TURNED, PERCENT, SPREAD, INTERVAL))


def looks_like_share(text: str, mark: str, size: int | None) -> bool | None:
    """Whether a cell's second number is the percentage that the first is of the group; None for other cells.

    A percent sign or a printed base say so by themselves.
    """
    cell = clean(text, mark)
    match = SHARE.fullmatch(cell)
    if match is None:
        return True if SHARE_TURNED.fullmatch(cell) else None
    if match[2] or match[4] or match[5]:
        return True
    return _is_share_of(match[1], _lead(match[3]), size)


def read_p(text: str, mark: str) -> Read:
    """Read a cell in a column of p-values."""
    cell = clean(text, mark)
    if BLANK.fullmatch(cell):
        return Read()
    if NOT_SIGNIFICANT.fullmatch(cell):
        return Read((Part("p_value_above", "0.05"),))
    match = P.fullmatch(cell)
    if match is None or _unclear(cell, mark):
        return Read(question="which p-value is this? write it as 0.04, <0.001 or NS")
    statistic = {None: "p_value", "<": "p_value_below", ">": "p_value_above"}[match[1]]
    return Read((Part(statistic, _lead(match[2])),))


def read_interval(text: str, mark: str) -> Read:
    """Read a cell that holds the interval of a ratio alone."""
    cell = clean(text, mark)
    if BLANK.fullmatch(cell):
        return Read()
    match = LIMITS.fullmatch(cell)
    if match is None or _unclear(cell, mark):
        return Read(question="which interval is this? write it as 0.94-5.38")
    return Read((Part("ci_low", _lead(match[1])), Part("ci_high", _lead(match[2]))))


def _unclear(cell: str, mark: str) -> str:
    if mark == "." and re.search(r"(?<![\d,])0,\d|(?<=\d),\d{1,2}(?![\d])(?!.*[)\]])", cell):
        return "is the comma a decimal mark? write the number with a point"
    if mark == "," and re.search(r"(?<!\d)[1-9]\d{0,2}\.\d{3}(?!\d)", cell):
        return "is the comma a decimal mark or does it part thousands? write the number with a point"
    if re.search(r"\d \d", cell):
        return "is the blank between digits a thousands mark, or are these two numbers? write the number without it"
    return ""


def _lead(digits: str) -> str:
    return f"0{digits}" if digits.startswith(".") else digits


def _is_share_of(count: str, share: str, size: int | None) -> bool:
    """Whether the second number is about the percentage that the first is of the group."""
    return (
        bool(size) and count.isdigit() and abs(100 * int(count) / (size or 1) - float(share)) <= NEAR_PERCENT
    )


def _share(cell: str, said: Meaning, around: Around) -> Read | None:
    turned = SHARE_TURNED.fullmatch(cell)
    if turned:
        return Read((Part("percent", _lead(turned[1]), turned[2], turned[3] or ""),))
    match = SHARE.fullmatch(cell)
    if match:
        is_percent = bool(match[4] or match[5])
        count, base, share = match[1], match[2] or "", _lead(match[3])
        is_named = said.counts and (said.center is None or said.spread in ("range", "quartiles"))
        is_named = is_named and not around.has_unit
        if is_percent or base or is_named or _is_share_of(count, share, around.size):
            if "." in count or "." in base:
                return Read(question="a count is whole: which is the count, and which the percentage?")
            return Read((Part("percent", share, count, base),))
        return None
    fraction = FRACTION.fullmatch(cell)
    if fraction and "." not in cell:
        if int(fraction[1]) > int(fraction[2]) or around.has_unit:
            return Read(question="is this a count of so many patients, or a measured value?")
        return Read((Part("count", fraction[1], "", fraction[2]),))
    percent = PERCENT.fullmatch(cell)
    if percent and (said.center or around.has_unit or around.in_percent):
        return Read(question="is this a percentage of the patients, or a value measured in percent?")
    return Read((Part("percent", _lead(percent[1])),)) if percent else None


def _spread(cell: str, said: Meaning) -> Read | None:
    match = SPREAD.fullmatch(cell)
    in_brackets = SHARE.fullmatch(cell)
    if match is None and (in_brackets is None or in_brackets[2]):
        return None
    center, spread = (match[1], match[2]) if match else (in_brackets[1], in_brackets[3])  # type: ignore[index]
    paired = _paired(said, ("sd", "se"))
    if paired and (match or "." in center or not said.counts):
        said = paired
    if said.spread in ("sd", "se") and said.center != "median":
        return Read((Part("mean", _lead(center)), Part(said.spread, _lead(spread))))
    if said.spread == "?":
        return Read(question="is the second number a standard deviation or a standard error?")
    if match and said.center in ("mean", None):
        return Read(
            question="is the second number a standard deviation or a standard error? say so in the row's label"
        )
    if said.center == "mean":
        return Read(question="what is the number in brackets? say SD or SE in the row's label")
    if said.center == "median":
        return Read(
            question="one number beside a median: is it the interquartile range? write both quartiles"
        )
    return Read(
        question="is this a count with its percentage, or a mean with its deviation? say so in the row's label"
    )


def _interval(cell: str, said: Meaning) -> Read | None:
    match = INTERVAL.fullmatch(cell)
    if match is None:
        return None
    center, low, high = _lead(match[1]), _lead(match[3]), _lead(match[4])
    said = _paired(said, ("quartiles", "range", "interval")) or said
    if said.ratio and said.ratio != "?":
        return Read((Part(said.ratio, center), Part("ci_low", low), Part("ci_high", high)))
    ends = ENDS.get(said.spread or "")
    if said.center is None or said.center == "?":
        return Read(question="is the first number a median or a mean? say so in the row's label")
    if ends is None:
        return Read(
            question="are the numbers in brackets quartiles, the range or a confidence interval? say so in the row's label"
        )
    return Read((Part(said.center, center), Part(ends[0], low), Part(ends[1], high)))


def _paired(said: Meaning, spreads: tuple[str, ...]) -> Meaning | None:
    """Give the one center and spread of this form that words name, where they name several of other forms."""
    found = [pair for pair in said.pairs if pair[1] in spreads]
    if len(said.pairs) < 2 or len(found) != 1:
        return None
    return Meaning(center=found[0][0], spread=found[0][1])


def _single(cell: str, own: Meaning, around: Around) -> Read | None:
    if SINGLE.fullmatch(cell) is None:
        return None
    number = _lead(cell)
    if around.part in ("sd", "se"):
        return Read((Part(around.part, number),))
    if own.ratio and own.ratio != "?":
        return Read((Part(own.ratio, number),))
    if own.center in ("median", "mean"):
        return Read((Part(own.center, number),))
    if own.center == "?":
        return Read(question="is this a median or a mean? say so in the row's label")
    if "." in cell:
        return Read(
            question="what is this number: a median, a mean or a percentage? say so in the row's label"
        )
    if own.counts or around.counts:
        return Read((Part("count", cell),))
    return Read(
        question="what is this number: a count, a median, a mean or a percentage? say so in the row's label"
    )
