"""P-values of variables with ties: no missing values are alleged where ties explain them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import rankdata

from cartox.audit import Verdict, audit_figures
from cartox.audit.findings.verdicts import ALARMS
from cartox.statistics.rank_sum_exact import exact_p_value
from tests.python.audit.audited_lines import HEADER, AuditLines
from tests.python.audit.independent_tests import rank_sum
from tests.python.audit.simulated_table import Table

N_TABLES = 200
CONVENTIONS = (
    "asymptotic with continuity correction",
    "asymptotic without continuity correction",
    "exact",
)
VARIABLES = {
    "whole years": (("age at infusion", "years", 60.0, 11.0, 0), ("disease duration", "years", 5.0, 3.0, 0)),
    "grades": (("toxicity grade", "", 1.6, 1.2, 0), ("highest grade of CRS", "grade", 2.0, 1.0, 0)),
    "one decimal": (
        ("hemoglobin", "g/dL", 10.0, 1.6, 1),
        ("C-reactive protein", "mg/L", 60.0, 25.0, 1),
        ("potassium", "mmol/L", 4.1, 0.4, 1),
        ("bilirubin", "", 1.0, 0.4, 1),
    ),
}


def table_of(kind: str, seed: int) -> Table:
    random = np.random.default_rng([seed, len(kind)])
    sizes = [int(random.integers(6, 90)) for _ in range(2)]
    table = Table()
    for name, size in zip(("drug", "placebo"), sizes, strict=True):
        table.add("comparison", "patients", name, "count", str(size), unit="patients")
    for words, unit, center, spread, decimals in VARIABLES[kind]:
        x, y = (
            np.clip(
                np.round(random.normal(center + random.normal(0, spread / 3), spread, size), decimals),
                0,
                None,
            )
            for size in sizes
        )
        if kind == "grades":
            x, y = np.clip(x, 0, 4), np.clip(y, 0, 4)
        convention = CONVENTIONS[int(random.integers(2 if sum(sizes) > 40 else 3))]
        p = _exact(x, y) if convention == "exact" else rank_sum(x, y, convention)
        shown = decimals + int(random.integers(2))
        for name, values in (("drug", x), ("placebo", y)):
            table.add("comparison", words, name, "median", f"{np.median(values):.{shown}f}", None, None, unit)
        reported = f"{p:.{int(random.integers(2, 5))}f}"
        table.add("comparison", words, "both", "p_value", reported, None, None, "")
    return table


def _exact(x: np.ndarray, y: np.ndarray) -> float:
    doubled = np.rint(2 * rankdata(np.concatenate([x, y]))).astype(np.int64)
    return exact_p_value(doubled, np.arange(doubled.size) < x.size)


@pytest.mark.parametrize("kind", VARIABLES)
def test_at_most_one_table_in_a_hundred_is_alarmed_by_ties(kind: str, tmp_path: Path) -> None:
    alarmed = {}
    for seed in range(N_TABLES):
        audits = audit_figures(table_of(kind, seed).write(tmp_path / "figures.csv"))
        found = [one for one in audits if one.verdict in ALARMS]
        if found:
            alarmed[seed] = [(one.figure, one.explanation) for one in found]
    assert len(alarmed) <= N_TABLES / 100, alarmed


def medians(unit: str, first: str, second: str, words: str = "value") -> list[str]:
    return [
        f"x,comparison,{words},ill,median,{first},,,11,{unit}",
        f"y,comparison,{words},well,median,{second},,,31,{unit}",
        f"p,comparison,{words},both,p_value,0.0165,,,,",
    ]


@pytest.mark.parametrize(
    ("unit", "first", "second", "words"),
    [
        ("years", "67.31", "59.77", "value"),
        ("", "67.31", "59.77", "symptom score"),
        ("", "2.51", "1.77", "ECOG"),
        ("g/dL", "8.5", "10.2", "hemoglobin"),
        ("mg/L", "8.53", "8.53", "equal medians bound no spread"),
    ],
)
def test_the_reading_of_a_coarse_variable_is_ties(
    audit: AuditLines, unit: str, first: str, second: str, words: str
) -> None:
    one = audit(*medians(unit, first, second, words))["p"]
    assert one.verdict is Verdict.NOT_CHECKABLE
    assert [reading.convention for reading in one.readings] == ["ties"]
    assert not any("missing" in sentence for sentence in one.explanation)


def test_a_fine_variable_is_held_against_data_without_ties(audit: AuditLines) -> None:
    assert audit(*medians("U/L", "367.0", "218.5"))["p"].verdict is Verdict.NEEDS_MISSING_VALUES


def test_a_rule_is_not_broken_where_ties_would_follow_it(tmp_path: Path) -> None:
    """Without ties only the uncorrected test gives 0.0100 for 15 against 14; R with its correction does with two."""
    lines = [
        f"{HEADER},rules",
        "x,comparison,birth weight,non-smokers,median,3.61,,,15,kg,rank_sum = asymptotic with continuity correction",
        "y,comparison,birth weight,smokers,median,3.25,,,14,kg,",
        "p,comparison,birth weight,both,p_value,0.0100,,,,,",
    ]
    path = tmp_path / "figures.csv"
    path.write_text("\n".join(lines))
    one = audit_figures(path)[-1]
    assert one.verdict is Verdict.CONSISTENT
    assert {reading.assumes for reading in one.readings if reading.n_missing == 0} == {
        "no ties",
        "a few ties",
    }
    years = path.read_text().replace("kg", "years")
    path.write_text(years)
    assert audit_figures(path)[-1].verdict is Verdict.NOT_CHECKABLE
