"""Kinds of domains: the values that a var may have."""

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

LONGEST_SHOWN = 60


class NotAllowedError(Exception):
    """A value outside its domain; the message says what is expected, or is not there."""


class Domain(ABC):
    """The values that a var may have."""

    @property
    @abstractmethod
    def words(self) -> str:
        """Say which values these are, as a noun with its article."""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """Return a value in the form that dbt takes. Raises NotAllowedError where it is not of the domain."""

    def refusal(self) -> NotAllowedError:
        """Return the error that says what is expected."""
        return NotAllowedError(f"{self.words} is expected")


@dataclass(frozen=True)
class Word(Domain):
    """One of some words, in their spelling; `where` says where they stand."""

    known: tuple[str, ...]
    where: str

    @property
    def words(self) -> str:
        """Say which."""
        return (
            f"one of {', '.join(self.known)}"
            if self.where.startswith("one of")
            else f"a word of {self.where}"
        )

    def read(self, value: Any) -> str:
        """Return the word in the spelling of the domain."""
        if not isinstance(value, str) or not value.strip():
            raise NotAllowedError("a text is expected")
        spellings = {_folded(word): word for word in self.known}
        word = value if value in self.known else spellings.get(_folded(value))
        if word is None:
            nearest = get_close_matches(value, self.known, n=1)
            hint = f"; did you mean {nearest[0]}?" if nearest else ""
            place = self.where if self.where.startswith("one of") else f"in {self.where}"
            raise NotAllowedError(f"{shown(value)} is not {place}{hint}")
        return word


@dataclass(frozen=True)
class Words(Domain):
    """A list of some of the words, each once."""

    word: Word

    @property
    def words(self) -> str:
        """Say which."""
        return f"a list of {', '.join(self.word.known)}"

    def read(self, value: Any) -> list[str]:
        """Return the list in the spelling of the domain."""
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise NotAllowedError("a list of texts is expected")
        return list(dict.fromkeys(self.word.read(item) for item in value))


@dataclass(frozen=True)
class WholeNumber(Domain):
    """A whole number within bounds."""

    lowest: int
    highest: int

    @property
    def words(self) -> str:
        """Say which."""
        return f"a whole number from {self.lowest} to {self.highest}"

    def read(self, value: Any) -> int:
        """Return the number."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.lowest <= value <= self.highest:
            raise self.refusal()
        return value


@dataclass(frozen=True)
class Date(Domain):
    """A date within bounds."""

    first: dt.date
    last: dt.date

    @property
    def words(self) -> str:
        """Say which."""
        return f"a date (YYYY-MM-DD) from {self.first} to {self.last}"

    def read(self, value: Any) -> str:
        """Return the date in ISO 8601."""
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                raise self.refusal() from None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise self.refusal()
        if not self.first <= value <= self.last:
            raise self.refusal()
        return str(value)


@dataclass(frozen=True)
class Years(Domain):
    """A first and a last year within bounds."""

    year: WholeNumber

    @property
    def words(self) -> str:
        """Say which."""
        return f"a first and a last year, [{self.year.lowest}, {self.year.highest}] or within"

    def read(self, value: Any) -> list[int]:
        """Return the two."""
        if not isinstance(value, list) or len(value) != len(("first", "last")):
            raise self.refusal()
        try:
            first, last = map(self.year.read, value)
        except NotAllowedError:
            raise self.refusal() from None
        if first > last:
            raise self.refusal()
        return [first, last]


@dataclass(frozen=True)
class Day(Domain):
    """A day of any year or of any month, as text."""

    pattern: str
    meaning: str

    @property
    def words(self) -> str:
        """Say which."""
        return self.meaning

    def read(self, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value, re.ASCII):
            raise self.refusal()
        return value


@dataclass(frozen=True)
class ForEach(Domain):
    """A word, or null where that may be, for each of some keys."""

    keys: tuple[str, ...]
    word: Word
    may_be_null: bool = False

    @property
    def words(self) -> str:
        """Say which."""
        return f"a mapping that gives a kind of record {' or '.join(self._choices)}"

    @property
    def _choices(self) -> tuple[str, ...]:
        return (*self.word.known, "null") if self.may_be_null else self.word.known

    def read(self, value: Any) -> dict[str, str | None]:
        """Return the mapping of those that are given."""
        if not isinstance(value, dict):
            raise NotAllowedError("a mapping is expected")
        for key, item in value.items():
            if key not in self.keys:
                raise NotAllowedError(unknown(f"kind of record {shown(key)}", str(key), self.keys))
            if item not in self.word.known and not (item is None and self.may_be_null):
                raise NotAllowedError(f"{key}: {' or '.join(self._choices)} is expected")
        return dict(value)


@dataclass(frozen=True)
class OrNull(Domain):
    """A domain with null in it."""

    domain: Domain

    @property
    def words(self) -> str:
        """Say which."""
        return f"{self.domain.words} or null"

    def read(self, value: Any) -> Any:
        """Return the value."""
        if value is None:
            return None
        try:
            return self.domain.read(value)
        except NotAllowedError as error:
            raise (self.refusal() if str(error) == str(self.domain.refusal()) else error) from None


def unknown(what: str, name: str, known: Mapping[str, Any] | Sequence[str]) -> str:
    """Say that there is no such thing, and which one of the known was perhaps meant."""
    nearest = get_close_matches(name, list(known), n=1)
    return f"there is no {what}" + (f"; did you mean {nearest[0]}?" if nearest else "")


def shown(value: Any) -> str:
    """Return what a user gave so that it can stand in a line: no control characters, and short."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _folded(word: str) -> str:
    return " ".join(word.split()).lower()
