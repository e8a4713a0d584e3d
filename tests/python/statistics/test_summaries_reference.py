"""describe, proportion, adjust, weighted kappa and areas against R."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cartox.statistics import adjust, area_under_curve, describe, proportion, weighted_kappa

Read = Callable[[str], list[Any]]
Agree = Callable[..., None]


def test_quantiles_are_those_of_type_7(reference: Read, agree: Agree) -> None:
    cases = [(row, describe(row.numbers("values"))) for row in reference("description")]
    assert len(cases) >= 300
    for name in ("n", "minimum", "q1", "median", "q3", "maximum"):
        agree([getattr(r, name) for _, r in cases], [row.number(name) for row, _ in cases], relative=1e-14)
    assert all(r.n + r.n_missing == len(row.numbers("values")) for row, r in cases)
    assert any(r.n_missing for _, r in cases)


def test_share_and_interval_are_those_of_binom_test(reference: Read, agree: Agree) -> None:
    rows = reference("proportion")
    assert len(rows) >= 300
    results = [proportion(int(r["count"]), int(r["total"]), float(r["confidence"])) for r in rows]
    agree([r.low for r in results], [row.number("low") for row in rows], absolute=1e-10)
    agree([r.high for r in results], [row.number("high") for row in rows], absolute=1e-10)
    agree([r.share for r in results], [int(row["count"]) / int(row["total"]) for row in rows])


@pytest.mark.parametrize(
    ("method", "column"), [("benjamini-hochberg", "benjamini_hochberg"), ("holm", "holm")]
)
def test_adjusted_p_values_are_those_of_p_adjust(reference: Read, method: str, column: str) -> None:
    rows = reference("adjustment")
    assert len(rows) >= 300
    for row in rows:
        expected = np.array(row.numbers(column), dtype=np.float64)
        np.testing.assert_allclose(adjust(row.numbers("p_values"), method), expected, rtol=1e-14)


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weighted_kappa_and_its_interval_are_those_of_the_definition(
    reference: Read, agree: Agree, weights: str
) -> None:
    cases = [(row, weighted_kappa(row.table("table"), weights=weights)) for row in reference("agreement")]
    agree([r.kappa for _, r in cases], [row.number(weights) for row, _ in cases], absolute=1e-12)
    agree([r.low for _, r in cases], [row.number(f"{weights}_low") for row, _ in cases], absolute=1e-9)
    agree([r.high for _, r in cases], [row.number(f"{weights}_high") for row, _ in cases], absolute=1e-9)


@pytest.mark.parametrize(
    "rule", ["trapezoid", "time_weighted_mean", "before_index", "carried_to_day_30", "linear_up_log_down"]
)
def test_areas_are_those_of_numerical_integration(reference: Read, agree: Agree, rule: str) -> None:
    rows = reference("area_under_curve")
    assert len(rows) >= 300
    results = [
        area_under_curve(
            row.numbers("days"),
            row.numbers("values"),
            rule,
            index_day=row.number("index_day"),
            death_day=row.number("death_day"),
            minimum_observed_days=1,
        )
        for row in rows
    ]
    agree([result.auc for result in results], [row.number(rule) for row in rows], relative=1e-9)
