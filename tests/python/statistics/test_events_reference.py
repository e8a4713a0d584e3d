"""Gray's test, log-rank test, hazard ratio and curves against R's cmprsk and survival."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cartox.statistics.event_times import Step, cumulative_incidence, survival
from cartox.statistics.gray import gray_test
from cartox.statistics.hazards import hazard_ratio, log_rank

Read = Callable[[str], list[Any]]
Agree = Callable[..., None]


@dataclass(frozen=True)
class Case:
    """One frozen study."""

    row: Any
    days: list[float]
    events: list[int]
    groups: list[str]

    @property
    def has_first(self) -> list[bool]:
        return [event == 1 for event in self.events]


@pytest.fixture(scope="module")
def cases(reference: Read) -> list[Case]:
    found = [
        Case(
            row,
            [float(word) for word in row["days"].split()],
            [int(word) for word in row["events"].split()],
            row["groups"].split(),
        )
        for row in reference("events")
    ]
    assert len(found) >= 60
    return found


@pytest.mark.parametrize("cause", [1, 2])
def test_grays_test_is_that_of_cmprsk(cases: list[Case], agree: Agree, cause: int) -> None:
    tests = [gray_test(case.days, case.events, case.groups, cause) for case in cases]
    agree(
        [one.statistic for one in tests], [case.row.number(f"gray_{cause}") for case in cases], relative=1e-9
    )
    agree(
        [one.p_value for one in tests], [case.row.number(f"gray_p_{cause}") for case in cases], relative=1e-9
    )


def test_the_log_rank_test_is_that_of_survdiff(cases: list[Case], agree: Agree) -> None:
    tests = [log_rank(case.days, case.has_first, case.groups) for case in cases]
    agree([one.statistic for one in tests], [case.row.number("log_rank") for case in cases], relative=1e-9)
    agree([one.p_value for one in tests], [case.row.number("log_rank_p") for case in cases], relative=1e-9)


def test_the_hazard_ratio_is_that_of_coxph(cases: list[Case], agree: Agree) -> None:
    two = [case for case in cases if case.row.number("hazard_ratio") is not None]
    assert len(two) >= 30
    ratios = [hazard_ratio(case.days, case.has_first, [one == "b" for one in case.groups]) for case in two]
    for ours, theirs in (
        ("ratio", "hazard_ratio"),
        ("low", "hazard_low"),
        ("high", "hazard_high"),
        ("p_value", "hazard_p"),
    ):
        agree(
            [getattr(one, ours) for one in ratios], [case.row.number(theirs) for case in two], relative=1e-6
        )


def test_cumulative_incidence_and_its_interval_are_those_of_cuminc(cases: list[Case], agree: Agree) -> None:
    steps = [_at(cumulative_incidence(case.days, case.events, 1), case) for case in cases]
    agree([step.estimate for step in steps], [case.row.number("incidence") for case in cases], relative=1e-12)
    inside = [(step, case) for step, case in zip(steps, cases, strict=True) if 0 < step.estimate < 1]
    assert len(inside) >= 50
    agree(
        [step.low for step, _ in inside],
        [case.row.number("incidence_low") for _, case in inside],
        relative=1e-9,
    )
    agree(
        [step.high for step, _ in inside],
        [case.row.number("incidence_high") for _, case in inside],
        relative=1e-9,
    )


def test_survival_and_its_interval_are_those_of_survfit(cases: list[Case], agree: Agree) -> None:
    steps = [_at(survival(case.days, [event > 0 for event in case.events]), case) for case in cases]
    agree([step.estimate for step in steps], [case.row.number("alive") for case in cases], relative=1e-12)
    agree([step.low for step in steps], [case.row.number("alive_low") for case in cases], relative=1e-9)
    agree([step.high for step in steps], [case.row.number("alive_high") for case in cases], relative=1e-9)


@pytest.mark.parametrize(
    ("days", "events", "groups", "reason"),
    [
        ([3, 4, 5], [1, 1, 2], ["a", "a", "a"], "fewer than two groups"),
        ([3, 4, 5], [0, 0, 2], ["a", "b", "a"], "no event of this kind"),
        ([], [], [], "fewer than two groups"),
        ([1, 1, 5, 6], [1, 1, 0, 0], ["a", "a", "a", "a"], "fewer than two groups"),
        ([2, 2, 2, 2], [1, 1, 1, 1], ["a", "b", "a", "b"], "the variance of its scores does not exist"),
    ],
)
def test_what_has_no_gray_test_has_a_reason(
    days: list[float], events: list[int], groups: list[str], reason: str
) -> None:
    found = gray_test(days, events, groups, 1)
    assert (found.statistic, found.p_value, found.not_applicable) == (None, None, reason)


@pytest.mark.parametrize(
    ("days", "has_event", "is_in_group", "reason"),
    [
        ([], [], [], "no patients"),
        ([1, 2], [True, False], [True, True], "fewer than two groups"),
        ([1, 2], [False, False], [True, False], "no event of this kind"),
        ([1, 2, 3], [True, True, False], [True, True, False], "no event in its complement"),
        ([1, 2, 3], [True, True, False], [False, False, True], "no event in the group"),
        (
            [1, 2, 3, 4],
            [True] * 4,
            [True, True, False, False],
            "the events of the groups do not overlap in time",
        ),
        (
            [1, 1, 0, 0, 0, 0, 0, 1],
            [False, False, True, False, False, False, True, False],
            [False, False, True, False, False, False, False, False],
            "the model cannot be fitted",
        ),
    ],
)
def test_what_has_no_hazard_ratio_has_a_reason(
    days: list[float], has_event: list[bool], is_in_group: list[bool], reason: str
) -> None:
    found = hazard_ratio(days, has_event, is_in_group)
    assert (found.ratio, found.low, found.high, found.p_value) == (None, None, None, None)
    assert found.not_applicable == reason


def _at(curve: Any, case: Case) -> Step:
    step: Step | None = curve.at(case.row.number("day"))
    assert step is not None
    return step


def test_two_groups_of_whom_one_is_gone_before_the_first_death_have_no_test() -> None:
    found = log_rank([0, 100, 200], [False, True, True], ["non_responder", "responder", "responder"])
    assert (found.statistic, found.not_applicable) == (None, "the groups are never at risk together")
