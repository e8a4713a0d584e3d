"""What each var may be, as allowed_vars.yml of the project says it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cartox.warehouse.domains import Date, Day, Domain, ForEach, OrNull, WholeNumber, Word, Words, Years
from cartox.yaml_file import read_yaml

FILE = "allowed_vars.yml"
_DAYS = {
    "MM-DD": (r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", "a day of the year (MM-DD)"),
    "DD": (r"0[1-9]|1\d|2[0-8]", "a day of any month (DD)"),
}


def read_domains(project: Path) -> dict[str, Domain]:
    """Return the domain of each var of the project."""
    described = read_yaml(project / FILE)
    return {name: _domain(facts, project) for name, facts in described.items()}


def _domain(facts: Mapping[str, Any], project: Path) -> Domain:
    domain = _without_null(facts, project)
    return OrNull(domain) if facts.get("or_null") else domain


def _without_null(facts: Mapping[str, Any], project: Path) -> Domain:
    if "word_of" in facts:
        seed, _, column = facts["word_of"].partition(".")
        return Word(_column(project / "seeds" / f"{seed}.csv", column), f"seeds/{seed}.csv")
    if "some_of" in facts:
        return Words(_choice(facts["some_of"]))
    if "for_each" in facts:
        words = [word for word in facts["one_of"] if word is not None]
        return ForEach(tuple(facts["for_each"]), _choice(words), may_be_null=None in facts["one_of"])
    if "one_of" in facts:
        return _choice(facts["one_of"])
    if "date" in facts:
        return Date(*facts["date"])
    if "years" in facts:
        return Years(WholeNumber(*facts["years"]))
    if "day" in facts:
        return Day(*_DAYS[facts["day"]])
    return WholeNumber(*facts["whole_number"])


def _choice(words: Sequence[str]) -> Word:
    return Word(tuple(words), f"one of {', '.join(words)}")


def _column(seed: Path, column: str) -> tuple[str, ...]:
    with seed.open(encoding="utf-8", newline="") as file:
        return tuple(dict.fromkeys(row[column] for row in csv.DictReader(file) if row[column]))
