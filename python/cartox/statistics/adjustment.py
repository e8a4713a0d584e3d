"""Adjustment of p-values for the number of tests."""

from __future__ import annotations

import numpy as np
from statsmodels.stats.multitest import multipletests

from cartox.statistics.samples import Floats, Numbers, as_floats

BENJAMINI_HOCHBERG = "benjamini-hochberg"
HOLM = "holm"


def adjust(p_values: Numbers, method: str) -> Floats:
    """Adjust p-values, in the order given; a missing one stays missing (nan) and does not count as a test.

    method: "benjamini-hochberg" bounds the false discovery rate, "holm" the family-wise error rate.
    Raises ValueError for another method or a p-value outside 0 .. 1.

    Sources: Benjamini and Hochberg, J R Stat Soc B 1995;57:289-300; Holm, Scand J Stat 1979;6:65-70.

    >>> adjust([0.01, None, 0.04], "holm").tolist()
    [0.02, nan, 0.04]
    """
    p = as_floats(p_values)
    if method not in (BENJAMINI_HOCHBERG, HOLM):
        raise ValueError(f"unknown method {method!r}; known are {BENJAMINI_HOCHBERG}, {HOLM}")
    is_there = ~np.isnan(p)
    tested = p[is_there]
    if ((tested < 0) | (tested > 1)).any():
        raise ValueError("a p-value lies outside 0 .. 1")
    adjusted = np.full(p.size, np.nan)
    if tested.size:
        adjusted[is_there] = _holm(tested) if method == HOLM else multipletests(tested, method="fdr_bh")[1]
    return adjusted


def _holm(p: Floats) -> Floats:
    """Holm's p-values; those of statsmodels are the same, but it collects the process's garbage for each list."""
    order = np.argsort(p)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1)))
    return adjusted
