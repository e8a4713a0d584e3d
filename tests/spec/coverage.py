"""Which case holds each rule that the warehouse was asked for, or why none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cartox.yaml_file import read_yaml

TAGGED = Path(__file__).with_name("tagged_rules.yml")
OUT_OF_SCOPE = Path(__file__).with_name("out_of_scope.yml")


@dataclass(frozen=True)
class TaggedRule:
    """A rule, the cases that hold it by file, or the reason why none does."""

    rule_id: str
    rule: str
    held_by: Mapping[str, Sequence[str]]
    reason: str | None

    @property
    def topic(self) -> str:
        """The topic that the id begins with."""
        return self.rule_id.split("-", 1)[0]


def topics() -> dict[str, str]:
    """Topic and its title, in the order of the manual."""
    return dict(read_yaml(TAGGED)["topics"])


def reasons() -> dict[str, str]:
    """Rule and the reason why no case holds it."""
    return dict(read_yaml(OUT_OF_SCOPE))


def tagged_rules() -> list[TaggedRule]:
    """Every rule, in the order of the manual."""
    read = read_yaml(TAGGED)["rules"]
    why = reasons()
    return [
        TaggedRule(rule_id, entry["rule"], _by_file(entry.get("held_by", {})), why.get(rule_id))
        for rule_id, entry in read.items()
    ]


def _by_file(held_by: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [cases] if isinstance(cases, str) else cases for name, cases in held_by.items()}
