"""The cohort of a release: who responded, the sizes that all else is a part of, and what is shown of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from cartox.release.blocks import Block, Row
from cartox.release.numbers import rounded
from cartox.release.people import EVALUABLE, GROUPS, Study
from cartox.release.percents import percents
from cartox.release.rules import CERTAINTY, COMPARISONS, DESCRIPTIVES, RULES
from cartox.release.sets import BELOW, People, Shown
from cartox.results.plan import PlannedVariable
from cartox.results.values import NON_RESPONDER, NOT_EVALUABLE, RESPONDER, Value

OUTCOME = "responder"


class Cohort:
    """Makes the blocks of the cohort, the group sizes first."""

    def __init__(
        self, study: Study, shown: Shown, words: Mapping[str, Sequence[Row]], threshold: int
    ) -> None:
        self.study, self.shown, self.threshold = study, shown, threshold
        self.described = {row["variable"]: row for row in reversed(words[DESCRIPTIVES])}
        self.compared = {row["variable"]: row for row in words[COMPARISONS]}
        self.certainty = {
            (row["variable"], row["study_group"]): {
                column: row.get(column) for column, kind in RULES[DESCRIPTIVES].items() if kind == CERTAINTY
            }
            for row in words[DESCRIPTIVES]
        }
        self.sets = {group: study.group(group) for group in (EVALUABLE, *GROUPS, NOT_EVALUABLE)}
        self.groups: tuple[str, ...] = ()
        self.counted_columns: set[Hashable] = set()

    def outcome(self) -> Block:
        """Return who responded: the sizes that all else is a part of."""
        block = Block("outcome")
        parts = [self.sets[group] for group in GROUPS]
        if not is_empty(parts) and (reason := self.shown.why_not(parts)) is None:
            self.show(block, parts)
            self.groups = (EVALUABLE, *GROUPS)
        elif (reason := self.shown.why_not([self.sets[EVALUABLE]])) is None:
            self.show(block, [self.sets[EVALUABLE]])
            self.groups = (EVALUABLE,)
        if RESPONDER not in self.groups:
            block.reasons["by group"] = reason or BELOW
        words = self.described.get(OUTCOME)
        if words is None:
            return block
        n = rounded(self.sets[EVALUABLE].bit_count()) if self.groups else None
        for level, group in (("yes", RESPONDER), ("no", NON_RESPONDER)):
            count = rounded(self.sets[group].bit_count()) if group in self.groups else None
            labels = {**words, "level": level, "study_group": EVALUABLE}
            block.add(DESCRIPTIVES, labels, n=n, count=count, **percents(count, n))
        return block

    def words(self, variable: PlannedVariable, group: str) -> Row:
        """Return the words of a variable's row of a group, its certainty among them."""
        words = dict(self.described.get(variable.variable, {}))
        certainty = self.certainty.get((variable.variable, "all" if group == EVALUABLE else group), {})
        return words | {"study_group": group} | certainty

    def members(self, group: str) -> list[str]:
        """Return the patients of a group, or all whose outcome is known, in order."""
        return [
            patient
            for one in (GROUPS if group == EVALUABLE else (group,))
            for patient in self.study.groups[one]
        ]

    def hang(self, block: Block, name: str, values: Mapping[str, Value], groups: Sequence[str]) -> None:
        """Say that numbers of a block hang on the values of each patient of these groups."""
        for group in groups:
            block.values[f"{block.name} {name} {group}"] = {
                self.study.register.name(patient): str(values[patient])
                for patient in self.study.groups[group]
            }

    def show(self, block: Block, parts: Sequence[People]) -> None:
        """Say that a block tells these parts of people apart."""
        self.shown.show(parts)
        block.partitions.append(tuple(parts))


def is_empty(parts: Sequence[People]) -> bool:
    """Say whether nobody is in any part."""
    return not any(parts)
