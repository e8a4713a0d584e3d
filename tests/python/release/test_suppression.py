"""The choice of withheld counts against an enumeration of everything that the printed ones allow."""

from __future__ import annotations

import random
from itertools import product

import pytest

from cartox.release.suppression import Atoms, Count, has_two_values, withheld_counts

THRESHOLD = 3


def enumerated_values(atoms: Atoms, known: dict[Atoms, int], n_atoms: int, largest: int) -> set[int]:
    """Every value of a sum that some choice of atoms allows, one by one."""
    return {
        sum(values[atom] for atom in atoms)  # type: ignore[call-overload]
        for values in product(range(largest + 1), repeat=n_atoms)
        if all(sum(values[atom] for atom in sums) == value for sums, value in known.items())  # type: ignore[call-overload]
    }


def drawn_counts(seed: int) -> tuple[list[Count], int, int]:
    dice = random.Random(seed)  # noqa: S311 (no secret)
    n_atoms = dice.randint(2, 5)
    values = [dice.choice((0, 0, 1, 2, 4, 5)) for _ in range(n_atoms)]
    sums = {frozenset(range(n_atoms))}
    for _ in range(dice.randint(2, 7)):
        sums.add(frozenset(dice.sample(range(n_atoms), dice.randint(1, n_atoms))))
    counts = [
        Count(
            atoms=atoms,
            value=sum(values[atom] for atom in atoms),
            zero_is_open=dice.random() < 0.3,
            is_public=len(atoms) == n_atoms and dice.random() < 0.5,
        )
        for atoms in sums
    ]
    return counts, n_atoms, max(sum(values), 1)


@pytest.mark.parametrize("seed", range(60))
def test_every_withheld_count_keeps_two_values(seed: int) -> None:
    counts, n_atoms, largest = drawn_counts(seed)
    withheld = withheld_counts(counts, THRESHOLD)
    known = {count.atoms: count.value for count in counts if count.atoms not in withheld}
    for count in counts:
        if count.atoms in withheld:
            assert not count.is_public
            public = {one.atoms: one.value for one in counts if one.is_public}
            if len(enumerated_values(count.atoms, public, n_atoms, largest + 1)) == 1:
                continue
            assert len(enumerated_values(count.atoms, known, n_atoms, largest + 1)) > 1
        else:
            assert count.is_public or count.value >= THRESHOLD or (count.value == 0 and count.zero_is_open)


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_withheld_in_vain(seed: int) -> None:
    counts, *_ = drawn_counts(seed)
    withheld = withheld_counts(counts, THRESHOLD)
    for count in counts:
        is_small = count.value < THRESHOLD and not (count.value == 0 and count.zero_is_open)
        if count.atoms in withheld and not is_small:
            fewer = withheld - {count.atoms}
            known = {one.atoms: one.value for one in counts if one.atoms not in fewer}
            values = {one.atoms: one.value for one in counts}
            assert not all(has_two_values(atoms, values[atoms], known) for atoms in fewer)


def test_difference_of_two_printed_counts_is_protected() -> None:
    counts = [
        Count(frozenset({"grade 1", "grade 2", "grade 3"}), 30),
        Count(frozenset({"grade 2", "grade 3"}), 28),
        Count(frozenset({"grade 1"}), 2, is_printed=False, zero_is_open=True),
    ]
    assert len(withheld_counts(counts, 5)) == 1
    assert withheld_counts(counts[:2], 5) == set()


def test_counts_that_are_large_enough_stay() -> None:
    counts = [Count(frozenset({"a"}), 5), Count(frozenset({"b"}), 7), Count(frozenset({"a", "b"}), 12)]
    assert withheld_counts(counts, 5) == set()
    assert withheld_counts(counts, 6) == {frozenset({"a"}), frozenset({"b"})}


def test_one_sum_cannot_have_two_values() -> None:
    with pytest.raises(ValueError, match="two values"):
        withheld_counts([Count(frozenset({"a"}), 5), Count(frozenset({"a"}), 6)], 5)
