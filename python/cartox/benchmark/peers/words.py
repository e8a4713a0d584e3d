"""What the site's words for tests, specimens and statuses name: each distinct text is read once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cartox.benchmark.peers.patterns import BLANKS

_LETTERS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžµμ²³", "aaaaaaceeeeiiiinoooooouuuuyyszuu23", "") | {
    ord("ß"): "ss",
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("%"): " percent ",
}
_MOST_WORDS = 8
_ONE_NAME = {
    "specimens"
}  # found anywhere in a text, and the only one there; of the others every word is to be read


def folded(text: str | None) -> str | None:
    """Return a cell as terms are compared: lower case, white space folded."""
    return None if text is None else re.sub(f"[{BLANKS}]+", " ", text).lower()


def plain_letters(text: str) -> str:
    """Return lower case without accents, signs as they stand."""
    return text.lower().translate(_LETTERS)


def plain_words(text: str) -> str:
    """Return lower case without accents, letters apart from digits, every other sign a blank."""
    plain = re.sub(r"[^a-z0-9]+", " ", plain_letters(text))
    plain = re.sub(r"([a-z])([0-9])", r"\1 \2", plain)
    return re.sub(r"([0-9])([a-z])", r"\1 \2", plain).strip(" ")


@dataclass(frozen=True)
class _Span:
    kind: str
    concept: str
    position: str
    key: str
    first: int
    last: int


class Vocabulary:
    """The words of a vocabulary, from the rows of the seeds."""

    def __init__(
        self,
        name: str,
        words: Iterable[dict[str, Any]],
        negations: Iterable[dict[str, Any]],
        noise: Iterable[dict[str, Any]],
    ) -> None:
        self._is_one_name = name in _ONE_NAME
        self._entries: dict[str, set[tuple[str, str, str]]] = {}
        for row in words:
            self._add(row["word"], ("name", row["concept"], ""))
        for row in negations:
            if row["vocabulary"] in (None, name):
                self._add(row["word"], ("negation", "", row["position"]))
        for row in noise:
            if row["vocabulary"] == name:
                self._add(row["word"], ("noise", "", ""))

    def _add(self, word: str, entry: tuple[str, str, str]) -> None:
        self._entries.setdefault(plain_words(word).replace(" ", "") or word, set()).add(entry)

    def concept(self, text: str | None) -> str | None:
        """Return what a folded text names; None for what it does not name, or denies."""
        if text is None:
            return None
        words = (plain_words(text) or text).split(" ")
        spans = self._outermost(words)
        denied = _denied(spans)
        names = [span for span in spans if span.kind == "name" and span.first not in denied]
        if not names:
            return None
        best = min(names, key=lambda span: (-len(span.key), span.first, span.concept))
        if self._is_one_name:
            return best.concept if len({span.concept for span in names}) == 1 else None
        n_read = sum(span.last - span.first + 1 for span in spans if span.kind == "noise" or span == best)
        return best.concept if n_read >= len(words) else None

    def _outermost(self, words: list[str]) -> list[_Span]:
        found = [
            _Span(kind, concept, position, key, first, last)
            for first in range(len(words))
            for last in range(first, min(first + _MOST_WORDS, len(words)))
            for key in ("".join(words[first : last + 1]),)
            for kind, concept, position in self._entries.get(key, ())
        ]
        return [span for span in found if not any(_is_within(span, other) for other in found)]


def _is_within(span: _Span, other: _Span) -> bool:
    is_inside = other.first <= span.first and span.last <= other.last
    is_longer = other.last - other.first > span.last - span.first
    return is_inside and (is_longer or (other.kind == "name" and span.kind != "name"))


def _denied(spans: list[_Span]) -> set[int]:
    """Return where the names stand that are nearest to a negation: before it, where it may deny those too, else after it."""
    denied = set()
    names = [span for span in spans if span.kind == "name"]
    for first in {span.first for span in spans if span.kind == "negation"}:
        looks_back = any(
            span.kind == "negation" and span.first == first and span.position == "around" for span in spans
        )
        reached = [name for name in names if looks_back or name.first > first]
        if reached:
            nearest = min(reached, key=lambda name: (name.first > first, abs(name.first - first), name.key))
            denied.add(nearest.first)
    return denied
