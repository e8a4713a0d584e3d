"""The greatest of several statistics of which some are bounds or unknown: by hand."""

from __future__ import annotations

import pytest

from cartox.statistics.certainty import greatest_of


@pytest.mark.parametrize(
    ("charted", "expected"),
    [
        ([(5.0, "exact"), (9.0, "exact"), (9.0, "exact")], (1, "exact")),
        ([(5.0, "exact"), (None, "unknown")], (0, "at_least")),  # the unknown one may be greater
        ([(5.0, "exact"), (3.0, "at_least")], (0, "at_least")),  # so may what is at least 3
        ([(5.0, "exact"), (3.0, "at_most")], (0, "exact")),
        ([(5.0, "at_most"), (3.0, "exact")], (0, "at_most")),  # somewhere from 3 to 5
        ([(5.0, "at_most"), (5.0, "exact")], (0, "exact")),
        ([(5.0, "at_most"), (None, "unknown")], (0, "unknown")),
        ([(5.0, "exact"), (3.0, "estimated")], (0, "estimated")),
        ([(None, "unknown")], (None, "unknown")),
        ([], (None, "unknown")),
    ],
)
def test_the_greatest_is_as_certain_as_all_of_them_let_it_be(
    charted: list[tuple[float | None, str]], expected: tuple[int | None, str]
) -> None:
    assert greatest_of(charted) == expected
