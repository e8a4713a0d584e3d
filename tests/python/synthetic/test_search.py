"""The parts that look for values: samples, curves and regimens."""

import random
from datetime import datetime

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from cartox.synthetic.curves import Area, draw_curve
from cartox.synthetic.regimens import compose, equivalent_mg
from cartox.synthetic.search import find_groups, rank_sum_p
from cartox.synthetic.subjects import birth_date_for
from cartox.synthetic.targets import BASELINES, CURVES, GroupTarget


@pytest.mark.parametrize("seed", range(20))
def test_rank_sum_p_agrees_with_scipy(seed: int) -> None:
    stream = random.Random(seed)  # noqa: S311
    x = [float(stream.randint(0, 8)) for _ in range(stream.randint(2, 14))]
    y = [float(stream.randint(1, 10)) for _ in range(stream.randint(2, 30))]
    expected = mannwhitneyu(x, y, method="asymptotic", use_continuity=True).pvalue
    assert rank_sum_p(x, y) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("target", [*BASELINES.values(), *CURVES.values()], ids=lambda target: target.name)
def test_groups_have_the_sizes_medians_and_p_wanted(target: GroupTarget) -> None:
    non_responders, responders = find_groups(target)
    assert (len(non_responders), len(responders)) == (target.n_non_responders, target.n_responders)
    assert np.median(non_responders) == np.mean(target.middle_non_responders)
    assert np.median(responders) == np.mean(target.middle_responders)
    p = mannwhitneyu(non_responders, responders, method="asymptotic", use_continuity=True).pvalue
    assert round(p, target.p_decimals) == target.p_value


@pytest.mark.parametrize("seed", range(10))
def test_curve_has_exactly_the_area_and_stays_below_the_bound(seed: int) -> None:
    days = [0, 1, 2, 4, 5, 6, 7, 8, 9, 12, 16, 20, 27]
    steps = [1.0 if day % 2 else 3.0 for day in days]
    area = Area(200_000.5 + seed, lowest=60, highest=20_000, resolution=1.0)
    points = draw_curve(area, days, steps, random.Random(seed))  # noqa: S311
    values = [point.value for point in points]
    assert float(np.trapezoid(values, [point.study_day for point in points])) == pytest.approx(
        area.total, abs=1e-6
    )
    assert max(values) <= 20_000
    below = [point for point in points if point.value < 20_000]
    assert all(point.value % point.step == pytest.approx(0) for point in below)


def test_curve_that_cannot_be_is_refused() -> None:
    area = Area(1_000_000, lowest=60, highest=1000, resolution=1.0)
    with pytest.raises(ValueError, match="no curve"):
        draw_curve(area, list(range(11)), [1.0] * 11, random.Random(1))  # noqa: S311


@pytest.mark.parametrize("target_mg", [0, 4, 40, 187.5, 195, 622.5, 1007.5, 2000])
def test_doses_add_up_exactly(target_mg: float) -> None:
    assert equivalent_mg(compose(target_mg)) == target_mg


def test_dose_that_no_tablet_gives_is_refused() -> None:
    with pytest.raises(ValueError, match="no doses"):
        compose(0.3)


def test_birthday_on_the_day_of_infusion_and_a_leap_day() -> None:
    assert birth_date_for(datetime(2024, 2, 29, 10), 63, 0).isoformat() == "1961-02-28"
    assert birth_date_for(datetime(2024, 3, 1, 10), 63, 1).isoformat() == "1961-03-01"
    assert birth_date_for(datetime(2023, 6, 5), 65, 0).isoformat() == "1958-06-05"
    assert birth_date_for(datetime(2023, 6, 5), 64, 364).isoformat() == "1958-06-06"
