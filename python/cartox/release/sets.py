"""Which counts may stand beside one another: the one rule of disclosure.

A *partition* tells some people apart by parts. Its counts may be shown where each part reaches the threshold and
where no union of its parts is, within fewer people than the threshold, the same as a union of parts that is already
shown: of two such numbers the difference would tell those few. That holds for tables of one release, for cuts of one
scale (grade 4 and grades 3-4), for steps of a flow and, against earlier releases, for who came, left or changed. What
is shown is shown whole, what is withheld is withheld whole: a withheld part can then be anything from none to all of
what it is a part of, and that is at least the threshold (the bounds of Fréchet).

People are bits of a whole number, so that a union is `|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

People: TypeAlias = int
Partition: TypeAlias = tuple[People, ...]
MANY_PARTS = 8

BELOW = "a count behind it is below the threshold"
NEAR = "with another number of this release it would tell a count below the threshold"
EARLIER = "with an earlier release it would tell of fewer patients than the threshold"


def unions(parts: Sequence[People]) -> set[People]:
    """Return every union of parts; of very many parts those of neighbors and their complements alone."""
    if len(parts) <= MANY_PARTS:
        chosen = (some for size in range(1, len(parts) + 1) for some in combinations(parts, size))
        return {_union(some) for some in chosen}
    runs = {
        _union(parts[first:last]) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)
    }
    return runs | {_union(parts) & ~run for run in runs}


def is_few(people: People, threshold: int) -> bool:
    """Say whether there are fewer people than the threshold."""
    return people.bit_count() < threshold


@dataclass
class Shown:
    """What a release shows, as sets of people, and what earlier ones showed.

    Against an earlier release the larger of the thresholds holds: `strictest` is the largest of theirs.
    """

    threshold: int
    earlier: list[set[People]] = field(default_factory=list)
    earlier_numbers: Mapping[str, list[int]] = field(default_factory=dict)
    strictest: int = 0
    statements: set[People] = field(default_factory=set)
    partitions: list[Partition] = field(default_factory=list)

    def why_not(self, parts: Sequence[People], refined: Iterable[Partition] = ()) -> str | None:
        """Return why a partition may not be shown, None where it may.

        `refined` are partitions shown already that this one divides further: to show them again tells nothing.
        """
        if not parts or any(is_few(part, self.threshold) for part in parts):
            return BELOW
        same = {union for partition in refined for union in unions(partition)}
        new = unions(parts)
        if any(_is_near(one, other, self.threshold) for one in new - same for other in self.statements):
            return NEAR
        told = (other for release in self.earlier for other in release)
        if any(one != other and _is_near(one, other, self.apart) for other in told for one in new):
            return EARLIER
        return None

    def show(self, parts: Sequence[People]) -> None:
        """Take a partition as shown."""
        self.statements |= unions(parts)
        self.partitions.append(tuple(parts))

    @property
    def apart(self) -> int:
        """By how many patients what is shown must differ from what an earlier release showed."""
        return max(self.threshold, self.strictest)


def _is_near(one: People, other: People, threshold: int) -> bool:
    is_nested = one & other in (one, other)
    return is_nested and is_few(one ^ other, threshold)


def _union(parts: Sequence[People]) -> People:
    union = 0
    for part in parts:
        union |= part
    return union
