"""Numbers frozen from R, read as rows of named cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

REFERENCE = Path(__file__).parents[2] / "reference"


class ReferenceRow(dict[str, str]):
    """One frozen case: cells by column name."""

    def number(self, column: str) -> float | None:
        """A cell as a number; None where R has NA."""
        return None if self[column] == "NA" else float(self[column])

    def numbers(self, column: str) -> list[float | None]:
        """A cell of numbers parted by blanks."""
        return [None if word == "NA" else float(word) for word in self[column].split()]

    def table(self, column: str) -> list[list[int]]:
        """A cell of counts: rows parted by semicolons."""
        return [[int(word) for word in row.split()] for row in self[column].split(";")]


@pytest.fixture(scope="session")
def reference() -> Callable[[str], list[ReferenceRow]]:
    """Reads a file of tests/reference by its name without ending."""

    def read(name: str) -> list[ReferenceRow]:
        with (REFERENCE / f"{name}.csv").open(newline="") as file:
            return [ReferenceRow(row) for row in csv.DictReader(file)]

    return read


@pytest.fixture
def agree() -> Callable[..., None]:
    """Asserts that a column of results equals its reference, cell by cell, and says where it does not."""

    def check(
        computed: Iterable[float | None],
        expected: Iterable[float | None],
        *,
        absolute: float = 0.0,
        relative: float = 0.0,
    ) -> None:
        ours, theirs = list(computed), list(expected)
        assert [value is None for value in ours] == [value is None for value in theirs]
        np.testing.assert_allclose(
            np.array(ours, dtype=np.float64),
            np.array(theirs, dtype=np.float64),
            atol=absolute,
            rtol=relative,
        )

    return check
