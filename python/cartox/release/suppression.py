"""Which counts of a set are withheld, so that no small one can be read or worked out.

A count is the sum of atoms: numbers of people (or records) that no printed count divides further. Whoever reads
the printed counts knows that atoms are whole numbers from 0 on, and which atoms each count sums: a withheld
count is safe while at least two values of it agree with all that. The bounds are exact (integer programming).
Method: complementary cell suppression, Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Atoms: TypeAlias = frozenset[Hashable]


@dataclass(frozen=True)
class Count:
    """A number of people or records: which atoms it sums, and its true value.

    `zero_is_open`: a zero describes nobody (nothing was missing, nobody was excluded) and is printed.
    `is_public`: known anyway, never withheld. `is_printed` is false where a reader could only work it out.
    `is_always_withheld`: not printed whatever its value. `reluctance` orders what is withheld beside a small
    count: the lowest first.
    """

    atoms: Atoms
    value: int
    zero_is_open: bool = False
    is_public: bool = False
    is_printed: bool = True
    is_always_withheld: bool = False
    reluctance: int = 0


def withheld_counts(counts: Sequence[Count], threshold: int) -> set[Atoms]:
    """Return the atoms of every printed count that must be withheld.

    Those below `threshold`, and beside them as many others as it takes until each withheld count, and each
    small one that could only be worked out, has at least two possible values. Decided on the true values.
    """
    merged = _merge(counts)
    small = {count.atoms for count in merged if _is_withheld_itself(count, threshold)}
    derivable = {count.atoms for count in merged if not count.is_printed and 0 < count.value < threshold}
    values = {count.atoms: count.value for count in merged}
    printed = {count.atoms: count for count in merged if count.is_printed}
    withheld, exposed = set(small), small | derivable
    while True:
        known = {atoms: count.value for atoms, count in printed.items() if atoms not in withheld}
        exposed = {atoms for atoms in exposed if not has_two_values(atoms, values[atoms], known)}
        if not exposed:
            break
        weakest = min(exposed, key=_order)
        chosen = _choose(weakest, values[weakest], printed, known)
        if chosen is None:
            exposed.discard(weakest)  # what is public settles it, nothing that is withheld here
            derivable.discard(weakest)
        else:
            withheld.add(chosen)
            exposed.add(chosen)
    return _give_back(withheld, small, derivable, printed, values)


def _give_back(
    withheld: set[Atoms],
    small: set[Atoms],
    derivable: set[Atoms],
    printed: Mapping[Atoms, Count],
    values: Mapping[Atoms, int],
) -> set[Atoms]:
    """Print again what later choices made needless to withhold, the most wanted first."""
    needed = set(withheld)
    for atoms in sorted(withheld - small, key=lambda atoms: _cost(printed[atoms]), reverse=True):
        fewer = needed - {atoms}
        known = {other: count.value for other, count in printed.items() if other not in fewer}
        if all(has_two_values(other, values[other], known) for other in fewer | derivable):
            needed = fewer
    return needed


def has_two_values(atoms: Atoms, value: int, known: Mapping[Atoms, int]) -> bool:
    """Say whether a count that truly is `value` could be another, given the known ones."""
    if not atoms:
        return True  # an empty sum is 0 for everybody: there is nothing to protect
    order = list(set(atoms).union(*known))
    objective = _row(atoms, order)
    rules = (
        [LinearConstraint(_matrix(known, order), list(known.values()), list(known.values()))] if known else []
    )
    largest = max([value, *known.values()]) + 1  # an atom that nothing known bounds may be as large
    for sign in (-1.0, 1.0):
        found = milp(
            sign * objective,
            constraints=rules,
            integrality=np.ones(len(order), dtype=int),
            bounds=Bounds(0, largest),
        )
        if not found.success:
            raise ValueError("the true counts contradict one another")
        if round(sign * found.fun) != value:
            return True
    return False


def _is_withheld_itself(count: Count, threshold: int) -> bool:
    if not count.is_printed or count.is_public:
        return False
    is_small = count.value < threshold and not (count.value == 0 and count.zero_is_open)
    return is_small or count.is_always_withheld


def _merge(counts: Sequence[Count]) -> list[Count]:
    """Make one of counts that are the same sum: the strictest of them."""
    merged: dict[Atoms, Count] = {}
    for count in counts:
        other = merged.get(count.atoms, count)
        if other.value != count.value:
            raise ValueError("one sum has two values")
        merged[count.atoms] = Count(
            atoms=count.atoms,
            value=count.value,
            zero_is_open=count.zero_is_open and other.zero_is_open,
            is_public=count.is_public or other.is_public,
            is_printed=count.is_printed or other.is_printed,
            is_always_withheld=count.is_always_withheld or other.is_always_withheld,
            reluctance=max(count.reluctance, other.reluctance),
        )
    return list(merged.values())


def _choose(
    weakest: Atoms, value: int, printed: Mapping[Atoms, Count], known: Mapping[Atoms, int]
) -> Atoms | None:
    """Return the cheapest printed count without which the weakest one is safe, else the cheapest near it."""
    order = list(set(weakest).union(*known))
    weights, *_ = np.linalg.lstsq(_matrix(known, order).T, _row(weakest, order), rcond=None)
    used = {atoms for atoms, weight in zip(known, weights, strict=True) if abs(weight) > 1e-9}
    open_ones = sorted(
        (atoms for atoms in known if not printed[atoms].is_public), key=lambda atoms: _cost(printed[atoms])
    )
    near = [atoms for atoms in open_ones if atoms in used or atoms & weakest]
    for atoms in near:
        if has_two_values(weakest, value, {one: known[one] for one in known if one != atoms}):
            return atoms
    return next(iter(near or open_ones), None)


def _cost(count: Count) -> tuple[int, int, list[str]]:
    return count.reluctance, count.value, _order(count.atoms)


def _row(atoms: Atoms, order: Sequence[Hashable]) -> NDArray[np.float64]:
    return np.array([atom in atoms for atom in order], dtype=float)


def _matrix(known: Mapping[Atoms, int], order: Sequence[Hashable]) -> NDArray[np.float64]:
    return np.array([_row(atoms, order) for atoms in known]).reshape(len(known), len(order))


def _order(atoms: Atoms) -> list[str]:
    return sorted(map(repr, atoms))
