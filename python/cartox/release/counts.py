"""Every count of the released tables, by the cell in which it is printed, and which of them are withheld."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cartox.release.suppression import Atoms, Count, withheld_counts

Cell: TypeAlias = tuple[str, ...]
Holds: TypeAlias = Callable[[Any], bool]


@dataclass
class CountedTable:
    """Counts that are sums of the same atoms, so that withholding one may take another.

    `atoms` are the true numbers of people (or records) that no printed count divides further.
    """

    atoms: Mapping[Hashable, int]
    counts: list[Count] = field(default_factory=list)
    cells: dict[Cell, Atoms] = field(default_factory=dict)

    def add(self, cell: Cell, holds: Holds, **kind: Any) -> None:
        """Add the count printed in a cell: the sum of the atoms for which `holds` is true."""
        atoms = self._sum(holds)
        self.cells[cell] = atoms
        self.counts.append(self._count(atoms, **kind))

    def add_public(self, holds: Holds) -> None:
        """Add a count that is known from elsewhere in the release."""
        self.counts.append(self._count(self._sum(holds), is_public=True, zero_is_open=True))

    def add_derivable(self, holds: Holds) -> None:
        """Add a count that is printed nowhere, but must not be worked out where it is small."""
        self.counts.append(self._count(self._sum(holds), is_printed=False, zero_is_open=True))

    def withheld(self, threshold: int) -> Iterator[Cell]:
        """Yield the cells that must not be printed."""
        found = withheld_counts(self.counts, threshold)
        yield from (cell for cell, atoms in self.cells.items() if atoms in found)

    def _sum(self, holds: Holds) -> Atoms:
        return frozenset(atom for atom in self.atoms if holds(atom))

    def _count(self, atoms: Atoms, **kind: Any) -> Count:
        return Count(atoms=atoms, value=sum(self.atoms[atom] for atom in atoms), **kind)
