"""Which models, vars and seeds a value is made by, read off the project's SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cartox.project import find_project

ELSEWHERE = ("omop", "terminology", "records", "treated")
"""Rooms of `intermediate` that every value stands on; they are followed only where a value begins in one."""

_REF = re.compile(r"ref\('(\w+)'\)")
_VAR = re.compile(r"\w+_var\('(\w+)'")
_COMMENT = re.compile(r"\A(?:--.*\n)+")


@dataclass(frozen=True)
class Lineage:
    """Models from the value down, the vars and the seeds that their SQL names, and the rule in the first model's words."""

    models: tuple[str, ...]
    variables: tuple[str, ...]
    seeds: tuple[str, ...]
    rule: tuple[str, ...]


def lineage(roots: Iterable[str]) -> Lineage:
    """Follow models from the given ones down to the rooms that all values share."""
    models, seeds = _files()
    waiting, found, variables, named_seeds = list(roots), [], set(), set()
    own_rooms = {models[name].parent.name for name in waiting if name in models}
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in models or models[name].parent.name in set(ELSEWHERE) - own_rooms:
            continue
        found.append(name)
        text = models[name].read_text(encoding="utf-8")
        variables |= set(_VAR.findall(text))
        named = _REF.findall(text)
        named_seeds |= {one for one in named if one in seeds}
        waiting += [one for one in named if one in models]
    rule = tuple(text for root in roots if root in models and (text := _header(models[root])))
    return Lineage(tuple(found), tuple(sorted(variables)), tuple(sorted(named_seeds)), rule)


@cache
def _files() -> tuple[dict[str, Path], frozenset[str]]:
    project = find_project()
    models = {path.stem: path for path in (project / "models").rglob("*.sql")}
    return models, frozenset(path.stem for path in (project / "seeds").rglob("*.csv"))


def _header(file: Path) -> str:
    """Return the comment at the head of a model: its clinical idea."""
    found = _COMMENT.match(file.read_text(encoding="utf-8"))
    return " ".join(line.removeprefix("--").strip() for line in found[0].splitlines()) if found else ""
