"""The rules of earlier releases, kept to show that the attacker can see: under them it finds what leaked.

They printed exact counts from 5 on, withheld smaller ones with the next larger cell of their table, and printed quartiles
that are patients, U and four digits of p. The study is like that of the abstract: 31 and 11 patients.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np
from scipy.stats import mannwhitneyu

from cartox.release.numbers import QUANTILES, neighbors, two_digits
from cartox.release.unknowns import Unknowns

THRESHOLD = 5
STAGES = {"1": 3, "2": 5, "3": 6, "4": 28}
PRODUCTS = {"axi": 36, "liso": 3, "tisa": 3}
GRADES = {"responder": (6, 9, 12, 4), "non_responder": (0, 1, 4, 6)}
FERRITIN = [210.5, 399.0, 640.2, 812.0, 1100.7, 1236.0, 1502.3, 1999.0, 2750.1, 3313.3, 5120.9]


def old_release(counts: dict[str, int]) -> dict[str, int | None]:
    """What the old rules printed of a table."""
    printed: dict[str, int | None] = {name: n if n >= THRESHOLD else None for name, n in counts.items()}
    if list(printed.values()).count(None) == 1:
        printed[min((n, name) for name, n in counts.items() if n >= THRESHOLD)[1]] = None
    return printed


def range_under_old_rules(counts: dict[str, int], sought: str) -> tuple[int, int | None]:
    """The ends of a withheld count, for whoever reads the others, the total, and the rules."""
    printed = old_release(counts)
    unknowns = Unknowns()
    unknowns.between(list(counts), sum(counts.values()), sum(counts.values()))
    for name, n in printed.items():
        if n is not None:
            unknowns.between([name], n, n)
    small = [name for name, n in counts.items() if n < THRESHOLD]
    for name in counts:
        if printed[name] is None:
            is_small = name in small
            unknowns.between([name], 1 if is_small else THRESHOLD, THRESHOLD - 1 if is_small else 10**6)
    return unknowns.range_of([sought])


def test_a_stage_of_three_patients_and_three_without_the_common_product_are_told() -> None:
    assert range_under_old_rules(STAGES, "1") == (1, 3)
    assert range_under_old_rules(PRODUCTS, "liso") == range_under_old_rules(PRODUCTS, "tisa") == (2, 4)


def test_the_tables_of_grades_are_told_by_u_the_p_values_and_the_quartiles() -> None:
    values = {group: np.repeat([1, 2, 3, 4], counts) for group, counts in GRADES.items()}
    printed = _statistics(values["responder"], values["non_responder"])
    agree = [
        (responders, others)
        for responders in _tables(values["responder"])
        for others in _tables(values["non_responder"])
        if _u(responders, others) == printed[0] and _ties(responders, others) == printed[1]
    ]
    assert (GRADES["responder"], GRADES["non_responder"]) in agree
    told = [{table[1][grade] for table in agree} for grade in range(4)]
    widths = [max(found) - min(found) + 1 for found in told]
    assert min(widths) < THRESHOLD, widths


def _statistics(responders: np.ndarray, others: np.ndarray) -> tuple[float, float]:
    u = float(mannwhitneyu(others, responders).statistic)
    _, counts = np.unique(np.concatenate([responders, others]), return_counts=True)
    return u, float(np.sum(counts**3 - counts))  # the p-value tells the second once the first is known


def _tables(values: np.ndarray) -> Iterator[tuple[int, ...]]:
    """Every table of four grades with these quartiles."""
    n = len(values)
    wanted = _quartiles(np.unique(values, return_counts=True), n)
    for first in range(n + 1):
        for second in range(n + 1 - first):
            for third in range(n + 1 - first - second):
                table = (first, second, third, n - first - second - third)
                if _quartiles((range(1, 5), table), n) == wanted:
                    yield table


def _quartiles(table: Any, n: int) -> list[float]:
    """The quartiles of grades with their counts: those of numpy.quantile, from the cumulated counts."""
    ends = list(accumulate(int(count) for count in table[1]))
    grades = [int(grade) for grade in table[0]]

    def at(place: int) -> int:
        return grades[bisect_right(ends, place)]

    places = [share * (n - 1) for share in (0.25, 0.5, 0.75)]
    return [at(int(p)) + (p - int(p)) * (at(min(int(p) + 1, n - 1)) - at(int(p))) for p in places]


def _u(responders: tuple[int, ...], others: tuple[int, ...]) -> float:
    return sum(n * (sum(responders[:grade]) + responders[grade] / 2) for grade, n in enumerate(others))


def _ties(responders: tuple[int, ...], others: tuple[int, ...]) -> float:
    return float(sum((a + b) ** 3 - (a + b) for a, b in zip(responders, others, strict=True)))


def test_the_median_of_eleven_was_a_patient_and_is_none() -> None:
    assert float(np.median(FERRITIN)) in FERRITIN
    for share in QUANTILES.values():
        around = neighbors(FERRITIN, share)
        assert len(around) == 5
        assert two_digits(sum(around) / 5) not in FERRITIN


def test_two_exact_releases_told_the_row_of_the_patient_between_them() -> None:
    patient = {"stage": "4", "product": "axi"}
    before = {"stage": old_release(STAGES), "product": old_release(PRODUCTS)}
    after = {
        "stage": old_release({**STAGES, "4": STAGES["4"] + 1}),
        "product": old_release({**PRODUCTS, "axi": PRODUCTS["axi"] + 1}),
    }
    told = {
        table: next(name for name, n in after[table].items() if n is not None and n != before[table][name])
        for table in before
    }
    assert told == patient
