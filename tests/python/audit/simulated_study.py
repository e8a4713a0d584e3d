"""Tables of printed figures that were computed right, from simulated patients.

Every table is laid out as a study prints it: cohort, baseline of everybody, comparison of two groups. Which
figures state numerator or denominator varies; patients without a value are left out only where the table says
so. Each p-value follows some convention. Ages are whole years, grades 0 to 4, laboratory values have one
decimal; areas under curves are measured so finely that no two are equal.
"""

from __future__ import annotations

import numpy as np

from tests.python.audit.independent_tests import RANK_SUM, of_two_means, of_two_shares, rank_sum
from tests.python.audit.simulated_table import Table

Random = np.random.Generator


def simulate(seed: int) -> Table:
    """A study of 20 to 500 patients, computed right."""
    random = np.random.default_rng(seed)
    n = int(20 * 25 ** random.random())
    first = int(np.clip(round(n * random.uniform(0.2, 0.8)), 5, n - 5))
    sizes = (first, n - first)
    groups = (("responders", "non-responders"), ("drug", "placebo"))[seed % 2]
    table = Table()
    _cohort(table, random, sizes)
    for k in range(4):
        _share_of_everybody(table, random, f"characteristic {k}", n)
    _age_of_everybody(table, random, n)
    for name, size in zip(groups, sizes, strict=True):
        table.add("comparison", "patients in the group", name, "count", str(size), unit="patients")
    for k in range(3):
        _two_shares(table, random, f"event {k}", groups, sizes)
    for words, unit in (("age at infusion", "years"), ("toxicity grade", "grade"), ("hemoglobin", "g/dL")):
        _two_medians(table, random, words, unit, groups, sizes)
    for k in range(2):
        _two_medians(table, random, f"area {k}", "ng x day/mL", groups, sizes)
    _two_means(table, random, groups, sizes)
    return table


def _cohort(table: Table, random: Random, sizes: tuple[int, int]) -> None:
    n = sum(sizes)
    table.add("cohort", "patients treated", "all", "count", str(n), unit="patients")
    pair = (table.next(2), table.next(4))
    stated, decimals = random.random() < 0.5, int(random.integers(0, 3))
    for words, count in zip(("toxicity resolved", "toxicity not resolved"), sizes, strict=True):
        table.add("cohort", words, "all", "count", str(count), unit="patients")
        table.add(
            "cohort", words, "all", "percent", f"{100 * count / n:.{decimals}f}", count if stated else None, n,
            kind="half of a pair", sizes=(n, *sizes), partners=pair,
        )  # fmt: skip


def _share_of_everybody(table: Table, random: Random, words: str, n: int) -> None:
    measured = n - int(random.integers(0, 3))
    count = int(random.integers(0, measured + 1))
    reported = f"{100 * count / measured:.{int(random.integers(0, 3))}f}"
    is_stated = measured < n or random.random() < 0.7
    numerator = count if random.random() < 0.4 else None
    cells = ("baseline", words, "all", "percent", reported, numerator, measured if is_stated else None)
    table.add(*cells, kind="share", sizes=(measured,))


def _age_of_everybody(table: Table, random: Random, n: int) -> None:
    years = random.integers(18, 90, n)
    for statistic, value in (("median", np.median(years)), ("min", years.min()), ("max", years.max())):
        printed = f"{value:.1f}" if statistic == "median" else f"{value}"
        table.add("baseline", "age", "all", statistic, printed, None, n, "years")


def _two_shares(
    table: Table, random: Random, words: str, groups: tuple[str, str], sizes: tuple[int, int]
) -> None:
    counts = [int(random.binomial(size, random.uniform(0.1, 0.9))) for size in sizes]
    counts[0] = max(1, min(counts[0], sizes[0] - 1))
    by_convention = of_two_shares(counts[0], sizes[0], counts[1], sizes[1])
    p = by_convention[str(random.choice(sorted(by_convention)))]
    partners = (table.next(1), table.next(2), table.next(3))
    for name, count, size in zip(groups, counts, sizes, strict=True):
        stated = count if random.random() < 0.2 else None
        denominator = size if random.random() < 0.7 else None
        reported = f"{100 * count / size:.{int(random.integers(0, 3))}f}"
        table.add(
            "comparison", words, name, "percent", reported, stated, denominator,
            kind="compared share", sizes=(size,), partners=partners,
        )  # fmt: skip
    _p_value(table, random, words, p, sum(sizes), kind="p of shares", sizes=sizes, partners=partners)


def values_of(random: Random, unit: str, size: int, shift: float) -> np.ndarray:
    """Values of one variable, as they were recorded."""
    if unit == "years":
        return np.round(random.normal(60 + 5 * shift, 11, size))
    if unit == "grade":
        return np.clip(np.round(random.normal(1.6 + shift, 1.2, size)), 0, 4)
    if unit == "g/dL":
        return np.round(random.normal(10 + shift, 1.6, size), 1)
    return random.lognormal(10 + 0.5 * shift, 0.8, size)


def _two_medians(
    table: Table, random: Random, words: str, unit: str, groups: tuple[str, str], sizes: tuple[int, int]
) -> None:
    missing = int(random.integers(1, 6)) if random.random() < 0.25 and sizes[0] > 8 else 0
    sizes = (sizes[0] - missing, sizes[1])
    x, y = (values_of(random, unit, size, random.normal(0, 0.5)) for size in sizes)
    has_exact = unit == "ng x day/mL" and sizes[0] * sizes[1] <= 1500
    convention = str(random.choice(RANK_SUM[: 3 if has_exact else 2]))
    p = rank_sum(x, y, convention)
    is_stated = bool(missing) or random.random() < 0.6
    for name, values in zip(groups, (x, y), strict=True):
        denominator = len(values) if is_stated else None
        table.add("comparison", words, name, "median", f"{np.median(values):.1f}", None, denominator, unit)
    kind = "p of fine medians" if unit == "ng x day/mL" else "p of tied medians"
    _p_value(table, random, words, p, sum(sizes), kind=kind, sizes=sizes)


def _two_means(table: Table, random: Random, groups: tuple[str, str], sizes: tuple[int, int]) -> None:
    words, decimals = "sodium", int(random.integers(1, 3))
    samples = [random.normal(138 + random.normal(0, 1), 3.5, size) for size in sizes]
    shown = []
    for name, values in zip(groups, samples, strict=True):
        mean, deviation = float(np.mean(values)), float(np.std(values, ddof=1))
        for statistic, value in (("mean", mean), ("sd", deviation)):
            printed = f"{value:.{decimals}f}"
            table.add("comparison", words, name, statistic, printed, None, len(values), "mmol/L")
        shown.append((mean, deviation, len(values)))
    student, welch, _ = of_two_means(shown[0], shown[1], 0.0)
    p = (student, welch)[int(random.integers(2))][0]
    partners = tuple(table.next(-k) for k in (3, 2, 1, 0))
    _p_value(table, random, words, p, sum(sizes), kind="p of means", sizes=sizes, partners=partners)


def _p_value(table: Table, random: Random, words: str, p: float, n: int, **more: object) -> None:
    denominator = n if random.random() < 0.5 else None
    if p < 0.001:
        table.add("comparison", words, "both", "p_value_below", "0.001", None, denominator, "")
    else:
        reported = f"{p:.{int(random.integers(2, 5))}f}"
        table.add("comparison", words, "both", "p_value", reported, None, denominator, "", **more)
