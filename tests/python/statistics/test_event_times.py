"""Kaplan-Meier and Aalen-Johansen against the product-limit formulas written out, and a published example."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from cartox.results.curves import curve_rows
from cartox.statistics.event_times import cumulative_incidence, survival

REMISSION_6MP = [
    (6, 1), (6, 1), (6, 1), (7, 1), (10, 1), (13, 1), (16, 1), (22, 1), (23, 1), (6, 0), (9, 0), (10, 0), (11, 0),
    (17, 0), (19, 0), (20, 0), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0),
]  # fmt: skip


def _by_hand(
    days: list[int], events: list[int]
) -> tuple[dict[int, Fraction], dict[int, dict[int, Fraction]]]:
    alive = Fraction(1)
    incidence = {1: Fraction(0), 2: Fraction(0)}
    survived, incidences = {}, {}
    for day in sorted(set(days)):
        at_risk = sum(other >= day for other in days)
        hits = {
            cause: sum((d, e) == (day, cause) for d, e in zip(days, events, strict=True)) for cause in (1, 2)
        }
        incidence = {cause: incidence[cause] + alive * Fraction(hits[cause], at_risk) for cause in (1, 2)}
        alive *= 1 - Fraction(hits[1] + hits[2], at_risk)
        survived[day], incidences[day] = alive, dict(incidence)
    return survived, incidences


def test_survival_of_the_6_mp_group_is_as_published() -> None:
    """Freireich 1963, as in Kalbfleisch and Prentice: S(6) = 0.857, S(10) = 0.753, S(23) = 0.448."""
    days, died = zip(*REMISSION_6MP, strict=True)
    curve = survival(days, [bool(one) for one in died])
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    found = {day: curve.at(day) for day in published}
    assert {day: round(step.estimate, 3) for day, step in found.items() if step} == published
    first = curve.at(6)
    assert first is not None
    assert first.n_at_risk == 21
    assert (round(first.low or 0, 3), round(first.high or 0, 3)) == (0.620, 0.952)


@pytest.mark.parametrize("seed", range(12))
def test_estimates_equal_the_formulas(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    days = [draw.randint(1, 12) for _ in range(30)]
    events = [draw.choice((0, 1, 1, 2)) for _ in days]
    survived, incidences = _by_hand(days, events)
    died = [event != 0 for event in events]
    for day in sorted(set(days)):
        alive = survival(days, died).at(day)
        assert alive is not None
        assert alive.estimate == pytest.approx(float(survived[day]))
        for cause in (1, 2):
            step = cumulative_incidence(days, events, cause).at(day)
            assert step is not None
            assert step.estimate == pytest.approx(float(incidences[day][cause]))
            if step.low is not None and step.high is not None:
                assert 0 <= step.low <= step.estimate <= step.high <= 1


def test_without_events_the_curves_are_flat() -> None:
    assert [(step.day, step.estimate) for step in survival([3, 4], [False, False]).steps] == [(0, 1)]
    assert [(step.day, step.estimate) for step in cumulative_incidence([3, 4], [0, 2], 1).steps] == [(0, 0)]


def test_nobody_gives_no_steps() -> None:
    for curve in (survival([], []), cumulative_incidence([], [], 1)):
        assert not curve.steps
        assert (curve.last_day, curve.at(0), curve.n_at_risk(0)) == (None, None, 0)
        assert curve.first_day_of(Fraction(1, 2)) is None
        assert list(curve_rows(curve, [], [], [], [30])) == []


def test_what_is_certain_has_no_interval() -> None:
    last = survival([1, 2], [True, True]).steps[-1]
    assert (last.estimate, last.low, last.high) == (0, None, None)


@pytest.mark.parametrize("n_patients", range(1, 401))
def test_half_is_decided_on_counts(n_patients: int) -> None:
    """Nobody is censored, so that the share is the number resolved of all; sums of floats fall short of a half."""
    days = [1 + place % 7 if place < n_patients // 2 else 8 for place in range(n_patients)]
    for events in (
        [1] * n_patients,
        [2 if place % 9 == 8 else 1 for place in range(n_patients)],
        [1 + place % 2 for place in range(n_patients)],
    ):
        n_resolved = {
            day: sum(d <= day and e == 1 for d, e in zip(days, events, strict=True)) for day in sorted(days)
        }
        curve = cumulative_incidence(days, events, 1)
        half = next((day for day, count in n_resolved.items() if 2 * count >= n_patients), None)
        assert curve.first_day_of(Fraction(1, 2)) == half
        assert {day: step.share for day in n_resolved if (step := curve.at(day))} == {
            day: Fraction(count, n_patients) for day, count in n_resolved.items()
        }


def test_no_estimate_stands_where_nobody_is_at_risk() -> None:
    """500 random studies of up to 12 patients, against the formulas and a count of who was still followed."""
    for seed in range(500):
        draw = random.Random(seed)  # noqa: S311
        days = [draw.randint(0, 20) for _ in range(draw.randint(1, 12))]
        events = [draw.choice((0, 0, 1, 2)) for _ in days]
        survived, incidences = _by_hand(days, events)
        curves = {
            "alive": survival(days, [event != 0 for event in events]),
            **{str(cause): cumulative_incidence(days, events, cause) for cause in (1, 2)},
        }
        for key, curve in curves.items():
            for day in range(25):
                n_at_risk = sum(other >= day for other in days)
                assert curve.n_at_risk(day) == n_at_risk
                step = curve.at(day)
                assert (step is None) == (n_at_risk == 0)
                if step is not None:
                    seen = [other for other in survived if other <= day]
                    by_hand = {
                        "alive": survived[seen[-1]] if seen else 1,
                        "1": incidences[seen[-1]][1] if seen else 0,
                        "2": incidences[seen[-1]][2] if seen else 0,
                    }
                    assert step.share == by_hand[key]
            rows = list(
                curve_rows(
                    curve, days, [event > 0 for event in events], [event == 0 for event in events], [99]
                )
            )
            assert rows[-1][0] == max(days)
            assert all(
                n_at_risk == sum(other >= day for other in days) for day, _, _, _, n_at_risk, *_ in rows
            )
            assert min(n_at_risk for _, _, _, _, n_at_risk, *_ in rows) > 0
