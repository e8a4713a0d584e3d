"""The statistics of the results, computed once for the same numbers however many builds in a process ask for them.

A handmade study differs from the next in a row or two: nearly all that is computed of it was computed before. Each of these
functions hangs on nothing but what it is given and returns what cannot be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, wraps
from importlib import import_module
from typing import Any
from unittest.mock import patch

STATISTICS = {
    "univariable": ("firth_logistic", "auroc"),
    "planned_tests": ("rank_sum", "contingency"),
    "incidence": ("gray_test", "hazard_ratio"),
    "survival": ("log_rank",),
    "bounded_area": ("area_under_curve",),
}
"""By module of the results the functions that it takes from cartox.statistics."""


@contextmanager
def remembered_statistics() -> Iterator[None]:
    """Have builds within this context take what the same function was asked before."""
    with ExitStack() as stack:
        for name, functions in STATISTICS.items():
            module = import_module(f"cartox.results.{name}")
            for function in functions:
                stack.enter_context(patch.object(module, function, _remembered(getattr(module, function))))
        yield


@cache
def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[str, Any] = {}

    @wraps(function)
    def ask(*given: Any, **named: Any) -> Any:
        question = repr((given, named))  # tells 1 from 1.0 and True
        if question not in known:
            known[question] = function(*given, **named)
        return known[question]

    return ask
