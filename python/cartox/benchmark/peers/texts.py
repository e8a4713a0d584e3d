"""What the texts of results, limits, units and comments say: each distinct text is read once."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from cartox.benchmark.peers import patterns
from cartox.benchmark.peers.words import folded, plain_letters, plain_words


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.removesuffix("$") + r"\Z" * pattern.endswith("$"), re.ASCII)


_SIGNS = [(_compiled(pattern), sign) for pattern, sign in patterns.SIGNS]
_BLANK_AFTER_SIGN = _compiled(patterns.BLANK_AFTER_SIGN)
_EQUALS = _compiled(patterns.EQUALS)
_COMPARATOR = _compiled(patterns.COMPARATOR)
_NUMBER = _compiled(patterns.NUMBER)
_WITH_THOUSANDS = _compiled(patterns.WITH_THOUSANDS)
_RANGE = _compiled(patterns.RANGE)
_RESULT = _compiled(patterns.RESULT)
_LIMIT = _compiled(patterns.LIMIT)
_HEMOLYSIS_INDEX = _compiled(patterns.HEMOLYSIS_INDEX)
_DENIED = _compiled(patterns.DENIED)
_MORE_THAN_FIGURES = _compiled(patterns.MORE_THAN_FIGURES)
_WORD, _MARKS = re.compile("[a-z]+"), re.compile("[A-Z]+")
_MICRO = str.maketrans("µμ", "uu")


def read_unit(text: str | None) -> str | None:
    """Return a unit as the seed writes it: lower case, no blanks, `u` for micro."""
    if not text:
        return None
    return re.sub(f"[{patterns.BLANKS}]+", "", text.lower().translate(_MICRO))


def read_result(text: str) -> tuple[str, float | None, str | None, bool, bool]:
    """Return comparator, number, unit, whether the number has a comma, and whether the text is a range."""
    signed = _signed(text)
    comparator = _COMPARATOR.match(signed)
    parts = _RESULT.match(signed)
    figures, unit = (parts[1], parts[2]) if parts else ("", None)
    return (
        comparator[1] if comparator else "=",
        _number(figures),
        read_unit(unit),
        "," in figures,
        bool(_RANGE.match(signed)),
    )


def read_limit(text: str) -> tuple[float | None, str | None]:
    """Return the number of an upper limit and its unit."""
    parts = _LIMIT.match(_signed(text))
    return (_number(parts[1]), read_unit(parts[2])) if parts else (None, None)


def _signed(text: str) -> str:
    signed = folded(text) or ""
    for pattern, sign in _SIGNS:
        signed = pattern.sub(sign, signed)
    return _EQUALS.sub("", _BLANK_AFTER_SIGN.sub(r"\1", signed))


def _number(figures: str) -> float | None:
    if "," in figures:
        figures = figures.replace(",", "") if _WITH_THOUSANDS.match(figures) else ""
    return float(figures) if _NUMBER.match(figures) else None


class Remark(NamedTuple):
    """What a cell says beside a number: that there is none, that nothing was measured, of a clot, of hemolysis."""

    is_not_performed: bool = False
    is_nothing_measured: bool = False
    is_clotted: bool = False
    is_hemolyzed: bool = False


class Remarks:
    """What is remarked beside numbers, from the rows of the seeds of remarks and of their words."""

    def __init__(self, rows: Iterable[dict[str, Any]], words: Iterable[dict[str, Any]]) -> None:
        self._rows = [(plain_words(row["name"]), row["remark"]) for row in rows]
        known = sorted(words, key=lambda row: (-len(plain_letters(row["word"])), row["concept"]))
        self._words = [
            (
                _compiled(plain_letters(row["word"]).replace("*", ".*") + "$"),
                row["concept"].replace(" ", "").upper(),
            )
            for row in known
        ]
        self._marked: dict[str, str] = {}

    def read(self, text: str | None) -> Remark:
        """Return what a cell remarks."""
        remark = folded(text)
        if remark is None or not _MORE_THAN_FIGURES.search(remark):
            return Remark()
        marked = _WORD.sub(lambda word: self._mark(word[0]), plain_letters(remark).replace("_", " "))
        said = self._said(remark)
        undenied = self._said(_MARKS.sub("", _DENIED.sub(" ", marked)))
        index = _HEMOLYSIS_INDEX.search(marked)
        if index and len(index[1]) <= 30 and len(index[2]) <= 30:
            is_hemolyzed = float(index[1]) > float(index[2])
        else:
            is_hemolyzed = "hemolysed" in undenied & said
        return Remark(
            bool(said & {"not performed", "clotted", "no number"}),
            "not performed" in undenied & said,
            "clotted" in undenied & said,
            is_hemolyzed,
        )

    def _mark(self, word: str) -> str:
        if word not in self._marked:
            self._marked[word] = (
                next((mark for pattern, mark in self._words if pattern.match(word)), "") + word
            )
        return self._marked[word]

    def _said(self, remark: str) -> set[str]:
        plain = plain_words(remark)
        return {kind for name, kind in self._rows if name in plain}
