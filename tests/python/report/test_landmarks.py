"""What is said of curves at fixed times: only as long as anybody is at risk, with who is at risk then."""

from __future__ import annotations

from typing import Any

import pytest

from cartox.report.page.resolution import resolution_numbers, resolved_by
from cartox.report.page.survival import survival_numbers
from cartox.statistics.event_times import cumulative_incidence, survival


def test_survival_ends_with_the_last_at_risk() -> None:
    """By hand: of 5, one dies on day 30 (4/5), one of the 3 then left on day 200 (4/5 x 2/3); the last leaves on day 340."""
    curve = survival([30, 100, 200, 300, 340], [True, False, True, False, False])
    rows = survival_numbers({"all": curve})
    assert [(row["months"], row["n_at_risk"]) for row in rows] == [(3, 4), (6, 3), (12, 0), (24, 0)]
    assert [row["alive"].split(" (")[0] for row in rows] == [
        "80.0 %",
        "80.0 %",
        "not reached: last at risk at 11.2 months",
        "not reached: last at risk at 11.2 months",
    ]
    at_300 = curve.at(300)
    assert at_300 is not None
    assert round(at_300.estimate, 4) == 0.5333


def test_whoever_is_followed_to_the_very_day_is_at_risk_on_it() -> None:
    curve = cumulative_incidence([7, 14, 21], [1, 0, 0], 1)
    rows = resolution_numbers({"resolved": curve, "died": curve}, end=28)
    assert [(row["day"], row["n_at_risk"]) for row in rows] == [(0, 3), (7, 3), (14, 2), (21, 1)]
    assert [row["resolved"].split(" (")[0] for row in rows] == ["0.0 %", "33.3 %", "33.3 %", "33.3 %"]


def test_nothing_is_estimated_after_the_last_at_risk() -> None:
    curve = cumulative_incidence([2, 5, 9], [1, 2, 1], 1)
    rows = resolution_numbers({"resolved": curve, "died": curve}, end=28)
    assert [row["n_at_risk"] for row in rows] == [3, 1, 0, 0]
    assert [row["resolved"] for row in rows[2:]] == ["not reached: last at risk on day 9"] * 2


@pytest.mark.parametrize(
    ("days", "events", "expected"),
    [
        ([2, 5, 9, 30], [1, 2, 1, 0], ["25.0 %", "50.0 %", "50.0 %", "Half had resolved by day 9."]),
        (
            [2, 5, 9],
            [1, 2, 1],
            [
                "33.3 %",
                "66.7 % (7.3 to 100.0) by day 9",
                "Nobody was at risk after day 9. Half had resolved by day 9.",
            ],
        ),
        (
            [2, 5],
            [1, 0],
            ["50.0 %", "by day 5 from", "Nobody was at risk after day 5. Half had resolved by day 2."],
        ),
        (
            [2, 3, 4],
            [1, 0, 0],
            ["33.3 %", "Nobody was at risk after day 4. Less than half had resolved by day 4."],
        ),
    ],
)
def test_the_sentence_ends_with_the_last_at_risk(days: Any, events: Any, expected: list[str]) -> None:
    said = resolved_by("ICANS", "anakinra", cumulative_incidence(days, events, 1), end=30)
    place = 0
    for part in expected:
        assert part in said[place:], said
        place = said.index(part, place) + 1
