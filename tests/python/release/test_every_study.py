"""Whoever knows the sizes of the groups and runs the code on every study of them tells no small count from its numbers."""

from __future__ import annotations

import pytest

from cartox.release import parts
from cartox.release.numbers import steps
from tests.python.release.every_study import classes, told
from tests.python.release.simulated import planned

SCALE = (planned(9, "scale", "continuous", "crs", unit="grade"),)
ANY = (planned(2, "any", "binary", "crs", at_least=1.0),)


@pytest.mark.parametrize(
    ("sizes", "values", "plan"),
    [
        pytest.param((10, 5), (0, 1, 2, None), SCALE, id="steps of a scale with values missing"),
        pytest.param((10, 10), (0, 1, 2), (*ANY, *SCALE), id="a cut and the steps of its scale"),
        pytest.param((11, 11), (0, 1, None), ANY, id="a p-value with values missing"),
    ],
)
def test_no_small_count_is_told_by_the_code_run_on_every_study(sizes, values, plan) -> None:  # type: ignore[no-untyped-def]
    found = classes(sizes, values, plan, 5)
    assert len(found) > 3
    assert [one for worlds in found.values() for one in told(worlds, values, 5)] == []


def test_a_level_and_steps_of_one_scale_do_not_stand_together() -> None:
    """A first step that ends at 1 tells that fewer than 5 are at 0; 8 of them and of those without a value are 4 and 4."""
    worlds = classes((8, 5), (0, 1, 2, None), (*ANY, *SCALE), 5)
    near = [one for own in worlds.values() for one in told(own, (0, 1, 2, None), 5) if _is_exact(one)]
    assert near == []


def _is_exact(one: str) -> bool:
    """Whether a count is told to three numbers or nearer; one that excludes 0 alone is not."""
    return len(one.partition("[")[2].partition("]")[0].split(",")) < 4


def test_the_top_step_is_made_with_those_who_have_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were its known ones to reach the threshold by themselves, its count would tell how few the others are."""
    assert steps([1] * 12 + [2] * 8, 10) == [(None, None)]
    assert steps([1] * 12 + [2] * 8, 10, n_unknown=2) == [(None, 1), (2, None)]
    assert steps([1] * 12 + [2] * 8, 10, n_unknown=1) == [(None, None)]
    monkeypatch.setattr(parts, "steps", lambda values, threshold, _: steps(values, threshold))
    found = classes((8, 5), (0, 1, 2, None), SCALE, 5)
    assert [one for worlds in found.values() for one in told(worlds, (0, 1, 2, None), 5)]
