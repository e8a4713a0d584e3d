"""The ends that integer programming finds, against an enumeration of everything that is allowed."""

from __future__ import annotations

import random
from itertools import product

import pytest

from cartox.release.unknowns import Unknowns


@pytest.mark.parametrize("seed", range(25))
def test_the_ends_are_those_of_an_enumeration(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (no secret)
    true = [dice.randint(0, 3) for _ in range(4)]
    known = []
    for _ in range(dice.randint(1, 4)):
        names = dice.sample(range(4), dice.randint(1, 4))
        total = sum(true[name] for name in names)
        known.append((names, max(total - dice.randint(0, 2), 0), total + dice.randint(0, 2)))
    known.append((list(range(4)), 0, 12))
    unknowns = Unknowns()
    for names, low, high in known:
        unknowns.between(names, low, high)
    allowed = [
        values
        for values in product(range(13), repeat=4)
        if all(low <= sum(values[name] for name in names) <= high for names, low, high in known)
    ]
    for sought in ([0], [1, 2], [0, 3]):
        sums = {sum(values[name] for name in sought) for values in allowed}
        assert unknowns.range_of(sought) == (min(sums), max(sums))


def test_what_nothing_bounds_has_no_upper_end() -> None:
    unknowns = Unknowns()
    unknowns.between(["a", "b"], 10, float("inf"))
    assert unknowns.range_of(["a"]) == (0, None)


def test_numbers_that_contradict_one_another_are_told() -> None:
    unknowns = Unknowns()
    unknowns.between(["a"], 5, 5)
    unknowns.between(["a"], 7, 7)
    with pytest.raises(ValueError, match="contradict"):
        unknowns.range_of(["a"])
