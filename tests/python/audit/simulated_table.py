"""Tables of printed figures that were computed right, from simulated patients, and the same with one digit
changed.

Every table is laid out as a study prints it: cohort, baseline of everybody, comparison of two groups. Which
figures state numerator or denominator varies. The data have no ties; a test may leave out patients without
a value only where it states so. P-values follow one of the conventions each; Fisher's test wherever an
expected count is below 5.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import chi2_contingency, fisher_exact, mannwhitneyu

COLUMNS = (
    "figure_id",
    "section",
    "description",
    "study_group",
    "statistic",
    "reported",
    "decimals",
    "numerator",
    "denominator",
    "unit",
)
WILCOXON: dict[str, dict[str, Any]] = {
    "corrected": {"method": "asymptotic", "use_continuity": True},
    "uncorrected": {"method": "asymptotic", "use_continuity": False},
    "exact": {"method": "exact"},
}


@dataclass(frozen=True)
class Row:
    """One printed figure; None prints as an empty cell. `kind` and `partners` are for the brute force."""

    figure_id: str
    section: str
    description: str
    study_group: str
    statistic: str
    reported: str
    numerator: int | None = None
    denominator: int | None = None
    unit: str = "%"
    kind: str = ""
    sizes: tuple[int, ...] = ()
    partners: tuple[str, ...] = ()

    @property
    def decimals(self) -> int:
        return len(self.reported.partition(".")[2])

    def cells(self) -> list[object]:
        return ["" if getattr(self, column) is None else getattr(self, column) for column in COLUMNS]


@dataclass
class Table:
    """Rows by figure_id, in printed order."""

    rows: dict[str, Row] = field(default_factory=dict)

    def add(self, *cells: object, **more: object) -> None:
        row = Row(f"figure_{len(self.rows) + 1}", *cells, **more)  # type: ignore[arg-type]
        self.rows[row.figure_id] = row

    def last(self) -> str:
        return f"figure_{len(self.rows)}"

    def next(self, ahead: int = 1) -> str:
        return f"figure_{len(self.rows) + ahead}"

    def with_digit(self, figure_id: str, place: int, digit: str) -> Table:
        reported = self.rows[figure_id].reported
        changed = reported[:place] + digit + reported[place + 1 :]
        return Table(self.rows | {figure_id: replace(self.rows[figure_id], reported=changed)})

    def write(self, path: Path) -> Path:
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(row.cells() for row in self.rows.values())
        return path


def simulate(seed: int) -> Table:
    """A table computed right."""
    random = np.random.default_rng(seed)
    sizes = (int(random.integers(6, 36)), int(random.integers(6, 36)))
    groups = (("responders", "non-responders"), ("drug", "placebo"))[seed % 2]
    n = sum(sizes)
    table = Table()
    _cohort(table, random, sizes)
    for k in range(5):
        _share_of_everybody(table, random, f"characteristic {k}", n)
    _age(table, random, n)
    for name, size in zip(groups, sizes, strict=True):
        table.add("comparison", "patients in the group", name, "count", str(size), unit="patients")
    for k in range(2):
        _two_shares(table, random, f"event {k}", groups, sizes)
    for k in range(4):
        _two_medians(table, random, f"biomarker {k}", groups, sizes)
    return table


def _cohort(table: Table, random: np.random.Generator, sizes: tuple[int, int]) -> None:
    n = sum(sizes)
    table.add("cohort", "patients treated", "all", "count", str(n), unit="patients")
    pair = (table.next(2), table.next(4))
    stated = random.random() < 0.5
    decimals = int(random.integers(0, 3))
    for words, count in zip(("toxicity resolved", "toxicity not resolved"), sizes, strict=True):
        table.add("cohort", words, "all", "count", str(count), unit="patients")
        cells = (
            "cohort",
            words,
            "all",
            "percent",
            f"{100 * count / n:.{decimals}f}",
            count if stated else None,
            n,
        )
        table.add(*cells, kind="half of a pair", sizes=(n,), partners=pair)


def _share_of_everybody(table: Table, random: np.random.Generator, words: str, n: int) -> None:
    measured = n - int(random.integers(0, 3))
    count = int(random.integers(0, measured + 1))
    reported = f"{100 * count / measured:.{int(random.integers(0, 3))}f}"
    is_stated = measured < n or random.random() < 0.7
    numerator = count if random.random() < 0.4 else None
    cells = ("baseline", words, "all", "percent", reported, numerator, measured if is_stated else None)
    table.add(*cells, kind="share", sizes=(measured,))


def _age(table: Table, random: np.random.Generator, n: int) -> None:
    years = random.integers(18, 90, n)
    for statistic, value in (("median", np.median(years)), ("min", years.min()), ("max", years.max())):
        printed = f"{value:.1f}" if statistic == "median" else f"{value}"
        table.add("baseline", "age", "all", statistic, printed, None, n, "years")


def _two_shares(
    table: Table, random: np.random.Generator, words: str, groups: tuple[str, str], sizes: tuple[int, int]
) -> None:
    counts = [int(random.binomial(size, random.uniform(0.1, 0.9))) for size in sizes]
    counts[0] = max(1, min(counts[0], sizes[0] - 1))
    cells = np.array([[count, size - count] for count, size in zip(counts, sizes, strict=True)])
    if chi2_contingency(cells).expected_freq.min() < 5 or random.random() < 0.2:
        p = float(fisher_exact(cells).pvalue)
    else:
        p = float(chi2_contingency(cells, correction=bool(random.random() < 0.3)).pvalue)
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


def _two_medians(
    table: Table, random: np.random.Generator, words: str, groups: tuple[str, str], sizes: tuple[int, int]
) -> None:
    missing = int(random.random() < 0.25)
    sizes = (sizes[0] - missing, sizes[1])
    x, y = random.normal(random.normal(), 1, sizes[0]), random.normal(0, 1, sizes[1])
    convention = list(WILCOXON.values())[int(random.integers(3))]
    p = float(mannwhitneyu(x, y, **convention).pvalue)
    is_stated = bool(missing) or random.random() < 0.6
    for name, values in zip(groups, (x, y), strict=True):
        reported = f"{100 + 10 * np.median(values):.1f}"
        denominator = len(values) if is_stated else None
        table.add("comparison", words, name, "median", reported, None, denominator, "mg/L")
    _p_value(table, random, words, p, sum(sizes), kind="p of medians", sizes=sizes)


def _p_value(table: Table, random: np.random.Generator, words: str, p: float, n: int, **more: object) -> None:
    denominator = n if random.random() < 0.5 else None
    if p < 0.001:
        table.add("comparison", words, "both", "p_value_below", "0.001", None, denominator, "")
    else:
        reported = f"{p:.{int(random.integers(3, 5))}f}"
        table.add("comparison", words, "both", "p_value", reported, None, denominator, "", **more)
