"""What is said of curves at fixed times: only as long as anybody is at risk, with who is at risk then."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cartox.report.page.blocks import Series
from cartox.report.page.curves import Curve, curve_spec
from cartox.report.page.resolution import resolution_numbers, resolved_by
from cartox.report.page.survival import survival_numbers
from cartox.report.reading import Record

MONTHS = [
    {"curve": "from_index", "day": day, "label": f"{months} months"}
    for months, day in ((3, 91), (6, 183), (12, 365), (24, 731))
]
WEEKS = [{"day": day, "label": f"day {day}"} for day in (7, 14, 21)]


def _row(day: int, percent: float, n_at_risk: int, n_censored: int = 0, **more: bool) -> Record:
    row = {"day": day, "percent": percent, "percent_low": None, "percent_high": None, "n_at_risk": n_at_risk}
    row |= {
        "n_events_so_far": 0,
        "n_censored_today": n_censored,
        "is_landmark": False,
        "is_first_half": False,
    }
    names = {"curve": "resolution", "stratified_by": "all", "stratum": "all", "event": "resolved"}
    return row | names | more


def _curve(*rows: Record) -> Curve:
    return Curve(rows)


def test_survival_ends_with_the_last_at_risk() -> None:
    """By hand: of 5, one dies on day 30 (4/5), one of the 3 then left on day 200 (4/5 x 2/3); the last leaves on day 340."""
    curve = _curve(
        _row(0, 100.0, 5), _row(30, 80.0, 5), _row(91, 80.0, 4, is_landmark=True),
        _row(183, 80.0, 3, is_landmark=True), _row(200, 53.3, 3), _row(340, 53.3, 1, 1),
    )  # fmt: skip
    rows = survival_numbers("all", curve, "from_index", MONTHS)
    assert [(row["label"], row["n_at_risk"]) for row in rows] == [
        ("3 months", "4"),
        ("6 months", "3"),
        ("12 months", "none"),
        ("24 months", "none"),
    ]
    assert [row["alive"] for row in rows] == [
        "80.0 %",
        "80.0 %",
        "not reached: last at risk on day 340",
        "not reached: last at risk on day 340",
    ]


def test_nothing_is_printed_after_the_last_at_risk() -> None:
    curve = _curve(_row(0, 0.0, 3), _row(2, 33.3, 3), _row(7, 33.3, 1, is_landmark=True), _row(9, 66.7, 1))
    rows = resolution_numbers({"resolved": curve, "died_unresolved": curve}, WEEKS)
    assert [(row["day"], row["n_at_risk"]) for row in rows] == [
        (0, "3"),
        (7, "1"),
        (14, "none"),
        (21, "none"),
    ]
    assert [row["resolved"] for row in rows[2:]] == ["not reached: last at risk on day 9"] * 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                _row(0, 0, 4),
                _row(7, 50, 2),
                _row(9, 50, 2, is_first_half=True),
                _row(14, 50, 1),
                _row(21, 50, 1),
            ],
            "50.0 % by day 7; 50.0 % by day 14; 50.0 % by day 21 from the first dose of anakinra. "
            "Half had resolved by day 9.",
        ),
        (
            [_row(0, 0, 3), _row(2, 33.3, 3), _row(7, 33.3, 1), _row(9, 66.7, 1, is_first_half=True)],
            "33.3 % by day 7; 66.7 % by day 9 from the first dose of anakinra. "
            "Nobody was at risk after day 9. Half had resolved by day 9.",
        ),
        (
            [_row(0, 0, 3), _row(2, 33.3, 3), _row(4, 33.3, 1)],
            "33.3 % by day 4 from the first dose of anakinra. "
            "Nobody was at risk after day 4. Less than half had resolved by day 4.",
        ),
    ],
)
def test_the_sentence_ends_with_the_last_at_risk(rows: Sequence[Record], expected: str) -> None:
    assert resolved_by("ICANS", "anakinra", Curve(rows), WEEKS) == f"ICANS resolved in {expected}"


def test_who_is_at_risk_stands_under_the_curve_and_ticks_on_it() -> None:
    """But for a landmark so near another that their numbers would lie upon one another: day 7 of 91."""
    rows = [
        {"series": series, **row}
        for series in ("all", "responder")
        for row in (
            _row(0, 100.0, 5),
            _row(7, 80.0, 5, is_landmark=True),
            _row(40, 80.0, 4, 2),
            _row(91, 80.0, 2, is_landmark=True),
        )
    ]
    series = (Series("all", "cohort", "neutral"), Series("responder", "Responders", "responder"))
    spec = curve_spec(rows, "survival", series, 91.0, "days")
    risks = spec["datasets"]["risks"]
    assert [(row["series"], row["day"], row["n_at_risk"]) for row in risks] == [
        ("all", 0, 5),
        ("all", 91, 2),
        ("responder", 0, 5),
        ("responder", 91, 2),
    ]
    assert all(row["place"] < 0 for row in risks)
    assert len({row["place"] for row in risks}) == 2
    ticks = [layer for layer in spec["layer"] if layer["mark"]["type"] == "tick"]
    assert [filters["filter"] for layer in ticks for filters in layer["transform"]][-1] == (
        "datum.n_censored_today > 0"
    )
