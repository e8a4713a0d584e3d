"""What whoever reads numbers can work out from them: the smallest and the largest value that agree with all.

Whole numbers from 0 on, with bounds on sums of them; the ends are exact (integer programming, HiGHS by scipy).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

LARGEST = 10**7


class Unknowns:
    """Unknown whole numbers by name, and what is known of sums of them."""

    def __init__(self) -> None:
        self._places: dict[Hashable, int] = {}
        self._sums: list[tuple[list[int], list[int], float, float]] = []

    def between(
        self, names: Iterable[Hashable], low: float, high: float, less: Iterable[Hashable] = ()
    ) -> None:
        """Say that a sum, less another one, lies between two numbers, both included."""
        self._sums.append((self._of(names), self._of(less), low, high))

    def range_of(self, names: Sequence[Hashable], less: Sequence[Hashable] = ()) -> tuple[int, int | None]:
        """Return the ends of what a sum, less another one, can be; None where nothing bounds it above.

        Raises ValueError where what is known contradicts itself.
        """
        goal = self._row(self._of(names), self._of(less))
        rows = [self._row(plus, minus) for plus, minus, *_ in self._sums]
        known = (
            [LinearConstraint(np.array(rows), [one[2] for one in self._sums], [one[3] for one in self._sums])]
            if rows
            else []
        )
        ends = []
        for sign in (1.0, -1.0):
            found = milp(
                sign * goal,
                constraints=known,
                integrality=np.ones(len(goal), dtype=int),
                bounds=Bounds(0, LARGEST),
            )
            if not found.success:
                raise ValueError("the numbers contradict one another")
            ends.append(round(sign * found.fun))
        return ends[0], None if ends[1] >= LARGEST else ends[1]

    def _of(self, names: Iterable[Hashable]) -> list[int]:
        return [self._places.setdefault(name, len(self._places)) for name in names]

    def _row(self, plus: list[int], minus: list[int]) -> np.ndarray:
        row = np.zeros(len(self._places))
        np.add.at(row, plus, 1)
        np.add.at(row, minus, -1)
        return row
