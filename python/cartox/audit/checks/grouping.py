"""Which figures belong together, derived from section, description, study group and statistic alone.

A *topic* is what the figures of one section with one description share. The groups that a p-value compares
are the study groups that have a share or a median in its topic, groups that stand for everybody aside. A
figure without a stated denominator gets its group's size, which is inferred from the other figures of the
group.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from cartox.audit.reading.figure import P_VALUES, SHARES, Figure

EVERYBODY = frozenset({"", "all", "both", "overall", "total", "everyone", "entire cohort", "whole cohort"})
"""Study groups that stand for all groups together."""

MOST_MISSING = 3
"""Patients without a value that a reading may suppose, over both groups."""

SHARE_STATISTICS = SHARES
P_STATISTICS = P_VALUES


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a name as it is compared: lower case, single spaces."""
    return " ".join(text.lower().split())


@dataclass(frozen=True)
class GroupSize:
    """Size of a study group without missing values, and where it is printed ("": in the figure itself)."""

    size: int
    inferred_from: str = ""


class FigureTable:
    """The figures of one table, found by section, topic and group."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = list(figures)
        self._topics: dict[Any, list[Figure]] = defaultdict(list)
        self._groups: dict[Any, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            section, group = plain(figure.section), plain(figure.study_group)
            self._topics[section, plain(figure.description)].append(figure)
            if figure.statistic not in P_STATISTICS:
                self._groups[group, section].append(figure)
                self._groups[group, None].append(figure)
        self.audited = self.figures

    def focused(self, old: Figure, new: Figure) -> FigureTable:
        """Give the table with one number changed, of which only what that number touches is audited.

        A group's size touches everything, any other figure its topic and the variable of its category.
        """
        changed = copy(self)
        changed.figures = [new if figure is old else figure for figure in self.figures]
        section, group = plain(old.section), plain(old.study_group)
        changed._topics = self._with(self._topics, [(section, plain(old.description))], old, new)
        changed._groups = self._with(self._groups, [(group, section), (group, None)], old, new)
        if is_group_count(old):
            changed.audited = changed.figures
        else:
            variable = plain(old.description).split(": ")[0]
            topics = {plain(old.description), variable}
            changed.audited = [
                figure
                for figure in changed.figures
                if plain(figure.section) == plain(old.section) and plain(figure.description) in topics
            ]
        return changed

    @staticmethod
    def _with(
        groups: dict[Any, list[Figure]], keys: list[Any], old: Figure, new: Figure
    ) -> dict[Any, list[Figure]]:
        """Copy the groups with the new figure in place of the old one under these keys."""
        found = groups.copy()
        for key in keys:
            if key in groups:
                found[key] = [new if one is old else one for one in groups[key]]
        return found

    def topics(self) -> list[list[Figure]]:
        """Give the figures of the table by topic."""
        return list(self._topics.values())

    def audited_topics(self) -> list[list[Figure]]:
        """Give the topics of the figures that are audited, each once."""
        return list({id(topic): topic for topic in map(self.topic, self.audited)}.values())

    def audited_pairs(self) -> Iterator[tuple[Figure, Figure]]:
        """Give pairs of figures of one group and section of which one at least is audited; p-values aside."""
        audited = {figure.figure_id for figure in self.audited}
        for (_, section), figures in self._groups.items():
            if section is not None and any(figure.figure_id in audited for figure in figures):
                for first, second in combinations(figures, 2):
                    if first.figure_id in audited or second.figure_id in audited:
                        yield first, second

    def topic(self, figure: Figure) -> list[Figure]:
        """Every figure with this one's section and description, itself included."""
        return self._topics[plain(figure.section), plain(figure.description)]

    def of_group(self, study_group: str, section: str | None = None) -> list[Figure]:
        """Figures of a study group, of one section or of all; p-values aside."""
        return self._groups.get((plain(study_group), None if section is None else plain(section)), [])

    def opening_count(self, study_group: str, section: str) -> Figure | None:
        """Find the group's size as a section prints it: the count that opens its figures there."""
        opening = self.of_group(study_group, section)[:1]
        return opening[0] if opening and is_group_count(opening[0]) else None

    def compared(self, p_value: Figure, statistics: tuple[str, ...]) -> dict[str, list[Figure]]:
        """Figures with such a statistic in the p-value's topic, by study group, in the table's order."""
        groups: dict[str, list[Figure]] = {}
        own = plain(p_value.study_group)
        for figure in self.topic(p_value):
            name = plain(figure.study_group)
            if figure.statistic in statistics and name not in EVERYBODY and name != own:
                groups.setdefault(name, []).append(figure)
        return groups

    def largest_count(self, study_group: str) -> Figure | None:
        """Find the largest number of patients that the table prints for a group, as such."""
        counts = [figure for figure in self.of_group(study_group) if is_group_count(figure)]
        return max(counts, key=lambda figure: figure.reported, default=None)

    def complete_size(self, figures: list[Figure]) -> GroupSize | None:
        """Size of the group that these figures (one topic, one group) describe, nobody missing."""
        stated = [figure.denominator for figure in figures if figure.denominator]
        if stated:
            return GroupSize(Counter(stated).most_common(1)[0][0])
        return self.inferred_size(figures[0])

    def inferred_size(self, figure: Figure) -> GroupSize | None:
        """Size of a figure's group without missing values, read off the rest of the table.

        The count that opens the group's figures in the section, where its words say that it counts patients
        or nothing larger is printed for the group; else the largest denominator that the section, then the
        table, states for the group (smaller ones are subsets or lack values); else the group's largest
        count; last a count of everybody whose description is the group's name.
        """
        opening = self.opening_count(figure.study_group, figure.section)
        largest = self._largest_of_others(figure)
        if opening is not None and opening.figure_id != figure.figure_id:
            is_own = opening in self.topic(figure)
            if counts_patients(opening) or (opening is largest and not is_own):
                return GroupSize(int(opening.reported), f"the count {opening.figure_id}")
        for section in (figure.section, None):
            group = self.of_group(figure.study_group, section)
            stated = [other.denominator for other in group if other.denominator]
            if stated:
                return GroupSize(max(stated), "the largest denominator of the group's other figures")
        if largest is not None:
            return GroupSize(int(largest.reported), f"the count {largest.figure_id}")
        for other in self.figures:
            if is_group_count(other) and plain(other.description) == plain(figure.study_group):
                return GroupSize(int(other.reported), f"the count {other.figure_id}")
        return None

    def _largest_of_others(self, figure: Figure) -> Figure | None:
        """Find the group's largest count outside the figure's topic."""
        topic = self.topic(figure)
        counts = [
            one for one in self.of_group(figure.study_group) if is_group_count(one) and one not in topic
        ]
        return max(counts, key=lambda other: other.reported, default=None)


def is_group_count(figure: Figure) -> bool:
    """Whether a figure counts patients as such: a whole count printed without a denominator."""
    return (
        figure.statistic == "count"
        and figure.denominator is None
        and figure.reported == int(figure.reported)
        and figure.reported > 0
    )


PATIENTS = re.compile(
    r"\b(patients?|subjects?|participants?|people|persons|cohort|group|enrolled|total|number|n|cases|infused|"
    r"treated|randomi[sz]ed|included|analy[sz]ed|evaluable|eligible)\b"
)


def counts_patients(figure: Figure) -> bool:
    """Whether the words of a count say that it is the size of a group, not of a category within it."""
    return PATIENTS.search(plain(figure.description)) is not None
