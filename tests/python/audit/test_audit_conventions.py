"""Every named convention: the published examples of CAMIS, recalc and SAS, and scipy on random tables."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency, f_oneway, kruskal, mannwhitneyu, ttest_ind_from_stats

from cartox.audit import FigureAudit, Verdict
from cartox.audit.conventions.barnard import barnard_p_value
from cartox.audit.conventions.means import Sample, several_means, two_means
from cartox.audit.conventions.names import PROGRAMS
from cartox.audit.conventions.rank_sum import approximate_p
from cartox.audit.conventions.rank_sum_exact import doubled_lower_tail
from cartox.audit.conventions.several_groups import kruskal_wallis_p_values, r_by_c_p_values
from cartox.audit.conventions.two_by_two import p_values
from tests.python.audit.audited_lines import AuditLines
from tests.python.audit.independent_tests import RANK_SUM, barnard, of_two_shares, rank_sum


def test_every_convention_of_a_2x2_table_is_that_of_its_definition() -> None:
    random = np.random.default_rng(5)
    for _ in range(150):
        n, o = (int(each) for each in random.integers(3, 60, 2))
        k, m = int(random.integers(0, n + 1)), int(random.integers(0, o + 1))
        _, found = p_values(k, n, m, o)
        expected = of_two_shares(k, n, m, o)
        assert dict(found) == pytest.approx(expected, rel=1e-7, abs=1e-12), (k, n, m, o)


@pytest.mark.parametrize("cells", [(8, 11, 8, 31), (14, 17, 33, 57), (12, 45, 6, 36), (13, 17, 50, 53)])
def test_barnard_is_scipys(cells: tuple[int, int, int, int]) -> None:
    assert barnard_p_value(*cells) == pytest.approx(barnard(*cells), rel=1e-6)


def test_the_exact_rank_sum_is_scipys() -> None:
    for n, m in ((3, 4), (9, 13), (11, 31)):
        y = np.arange(1.0, m + 1)
        for u, p in enumerate(doubled_lower_tail(n, m)):
            x = [min(m, max(0, u - i * m)) + 0.5 + i / (4 * n) for i in range(n)]
            assert p == pytest.approx(float(mannwhitneyu(x, y, method="exact").pvalue), rel=1e-9)


def test_the_approximations_are_right_with_ties_too() -> None:
    random = np.random.default_rng(8)
    for _ in range(30):
        x, y = random.integers(0, 12, 9).astype(float), random.integers(2, 14, 14).astype(float)
        u = float(mannwhitneyu(x, y).statistic)
        _, blocks = np.unique(np.concatenate([x, y]), return_counts=True)
        for convention in (name for name in RANK_SUM if not name.startswith("exact")):
            p = approximate_p(u, (9, 14), convention, float((blocks**3 - blocks).sum()))
            assert p == pytest.approx(rank_sum(x, y, convention), rel=1e-9)


def conventions(one: FigureAudit) -> set[str]:
    return {reading.convention for reading in one.readings if reading.n_missing == 0}


def two_counts(first: str, second: str, p: str) -> list[str]:
    return [
        f"x,comparison,event,ill,count,{first},",
        f"y,comparison,event,well,count,{second},",
        f"p,comparison,event,both,p_value,{p},,,,",
    ]


@pytest.mark.parametrize(
    ("p", "convention"),
    [("0.0005", "Pearson"), ("0.0008", "Yates")],
)
def test_camis_cough_and_bronchitis(audit: AuditLines, p: str, convention: str) -> None:
    """SAS: chi-square 12.1804, 0.0005. R, with Yates' correction: 11.145, 0.0008."""
    lines = two_counts("26,,,273", "44,,,1046", p)
    assert convention in conventions(audit(*lines)["p"])


RECALC = {
    "Pearson": "0.0253",
    "Yates": "0.0613",
    "N-1": "0.0281",
    "Fisher two-sided": "0.0604",
    "Wald z": "0.0153",
}


@pytest.mark.parametrize(
    "convention", [*RECALC, "Fisher doubled one-sided", "Fisher mid-p", "Fisher mid-p of SAS"]
)
def test_every_method_of_recalc_is_found_and_named(audit: AuditLines, convention: str) -> None:
    """Its table of 3 and 12 against 9 and 6; by hand Pearson's statistic is 5.0, N-1 29/30 of it."""
    printed = f"{of_two_shares(3, 15, 9, 15)[convention]:.4f}"
    one = audit(*two_counts("3,,,15", "9,,,15", printed))["p"]
    assert convention in conventions(one)
    assert one.verdict is Verdict.CONSISTENT


def test_recalcs_asymmetric_table_tells_the_two_fisher_tests_apart(audit: AuditLines) -> None:
    expected = of_two_shares(1, 9, 15, 21)
    for convention in ("Fisher two-sided", "Fisher doubled one-sided"):
        one = audit(*two_counts("1,,,9", "15,,,21", f"{expected[convention]:.5f}"))["p"]
        assert conventions(one) == {convention}


@pytest.mark.parametrize(
    ("p", "name"),
    [
        ("0.0100", "asymptotic with continuity correction"),
        ("0.0094", "asymptotic without continuity correction"),
        ("0.0082", "exact conditional"),
        ("0.0156", "t-approximation"),
    ],
)
def test_camis_birth_weights(audit: AuditLines, p: str, name: str) -> None:
    """Kirkwood and Sterne's birth weights by SAS and R; they have ties, which the audit must allow for."""
    lines = [
        "x,comparison,birth weight,non-smokers,median,3.61,,,15,kg",
        "y,comparison,birth weight,smokers,median,3.25,,,14,kg",
        f"p,comparison,birth weight,both,p_value,{p},,,,",
    ]
    one = audit(*lines)["p"]
    named = " ".join([*one.explanation, *(reading.convention for reading in one.readings)])
    assert name in named


@pytest.mark.parametrize(
    ("p", "convention"), [("0.0042", "Kruskal-Wallis"), ("0.0008", "Kruskal-Wallis exact")]
)
def test_camis_three_species(audit: AuditLines, p: str, convention: str) -> None:
    """SAS: H 10.922, asymptotic 0.0042, exact 0.0008, of three species of six."""
    medians = (("setosa", "3.3"), ("versicolor", "2.65"), ("virginica", "3.05"))
    lines = [f"{name},iris,sepal width,{name},median,{value},,,6,cm" for name, value in medians]
    assert convention in conventions(audit(*lines, f"p,iris,sepal width,both,p_value,{p},,,,")["p"])


def means(first: str, second: str, p: str) -> list[str]:
    lines = []
    for group, (mean, sd, n) in (("a", first.split()), ("b", second.split())):
        lines += [
            f"m{group},t,value,{group},mean,{mean},,,{n},mg/L",
            f"s{group},t,value,{group},sd,{sd},,,{n},mg/L",
        ]
    return [*lines, f"p,t,value,both,p_value,{p},,,,"]


@pytest.mark.parametrize(("p", "convention"), [("0.4021", "Student's t"), ("0.4101", "Welch's t")])
def test_the_t_tests_of_sas(audit: AuditLines, p: str, convention: str) -> None:
    """A printed output of PROC TTEST: 1.0000 (0.7071) against 1.6000 (1.3416), five each."""
    assert conventions(audit(*means("1.0000 0.7071 5", "1.6000 1.3416 5", p))["p"]) == {convention}


def test_recalcs_t_tests(audit: AuditLines) -> None:
    """Its scenario of 10.30 (3.12) of 50 against 8.71 (2.80) of 48."""
    for equal, convention in ((True, "Student's t"), (False, "Welch's t")):
        p = float(ttest_ind_from_stats(10.30, 3.12, 50, 8.71, 2.80, 48, equal_var=equal).pvalue)
        assert convention in conventions(audit(*means("10.30 3.12 50", "8.71 2.80 48", f"{p:.4f}"))["p"])


def test_bounds_of_means_are_those_of_random_values_within_the_rounding() -> None:
    random = np.random.default_rng(2)
    first, second = Sample((9.95, 10.05), (1.95, 2.05), 12), Sample((8.45, 8.55), (3.05, 3.15), 17)
    bounds = two_means(first, second)
    for _ in range(300):
        m_1, m_2 = random.uniform(*first.mean), random.uniform(*second.mean)
        s_1, s_2 = random.uniform(*first.deviation), random.uniform(*second.deviation)
        for equal, convention in ((True, "Student's t"), (False, "Welch's t")):
            p = float(ttest_ind_from_stats(m_1, s_1, 12, m_2, s_2, 17, equal_var=equal).pvalue)
            assert bounds[convention][0] - 1e-12 <= p <= bounds[convention][1] + 1e-12


def test_the_analysis_of_variance_is_scipys() -> None:
    samples = [np.array([1.0, 2, 4]), np.array([2.0, 5, 6, 7]), np.array([8.0, 9, 7])]
    exact = [Sample((s.mean(),) * 2, (s.std(ddof=1),) * 2, s.size) for s in samples]
    low, high = several_means(exact)["one-way analysis of variance"]
    assert low == pytest.approx(high) == pytest.approx(float(f_oneway(*samples).pvalue))


def test_r_by_c_tests_are_scipys() -> None:
    table = np.array([[10, 20, 15], [12, 8, 18]])
    _, found = r_by_c_p_values(table)
    assert found["Pearson"] == pytest.approx(float(chi2_contingency(table).pvalue))
    likelihood = chi2_contingency(table, lambda_="log-likelihood").pvalue
    assert found["likelihood ratio"] == pytest.approx(float(likelihood))


def test_kruskal_and_wallis_h_of_every_sample_is_among_those_tried() -> None:
    random = np.random.default_rng(4)
    tried = kruskal_wallis_p_values((4, 5, 3))
    assert tried is not None
    for _ in range(50):
        ranks = random.permutation(12)
        p = float(kruskal(ranks[:4], ranks[4:9], ranks[9:]).pvalue)
        assert np.abs(tried["Kruskal-Wallis"] - p).min() < 1e-9


def test_three_grades_in_two_arms_are_tested_together(audit: AuditLines) -> None:
    counts = {"I": (10, 20), "II": (12, 8), "III": (18, 4)}
    table = np.array(list(counts.values())).T
    lines = [
        f"{level}{arm},t,stage: {level},{arm},count,{n},,,{total},"
        for level, both in counts.items()
        for arm, n, total in zip(("a", "b"), both, (40, 32), strict=True)
    ]
    p = float(chi2_contingency(table).pvalue)
    one = audit(*lines, f"p,t,stage,both,p_value,{p:.6f},,,,")["p"]
    assert "Pearson" in conventions(one)
    assert audit(*lines, "p,t,stage,both,p_value,0.5,,,,")["p"].verdict is Verdict.NO_READING


def ratio(estimate: str, low: str, high: str, p: str, events: str = "90") -> list[str]:
    values = (("hazard_ratio", estimate), ("ci_low", low), ("ci_high", high), ("events", events))
    lines = [f"{name},survival,death,drug,{name},{value},,,," for name, value in values]
    return [*lines, f"p,survival,death,both,p_value,{p},,,,"]


def test_a_ratio_its_interval_its_events_and_its_p_value(audit: AuditLines) -> None:
    """exp(-0.478 ± 1.96 x 0.223) is 0.40 to 0.96, z 2.14; 90 events leave an error of 2 / sqrt(90) = 0.211."""
    fine = audit(*ratio("0.62", "0.40", "0.96", "0.03"))
    assert {one.verdict for one in fine.values()} <= {Verdict.CONSISTENT, Verdict.NOT_CHECKABLE}
    assert conventions(fine["p"]) == {"Wald from the interval"}
    assert (
        audit(*ratio("0.62", "0.40", "0.96", "0.60"))["p"].readings[0].convention
        == "log-rank from ratio and events"
    )
    assert audit(*ratio("0.62", "0.40", "0.96", "0.0001"))["p"].verdict is Verdict.NO_READING
    assert audit(*ratio("1.62", "0.40", "0.96", "0.03"))["hazard_ratio"].verdict is Verdict.CONTRADICTION
    assert audit(*ratio("0.72", "0.40", "0.96", "0.03"))["hazard_ratio"].verdict is Verdict.NO_READING
    assert audit(*ratio("0.62", "0.40", "0.96", "0.03", "20"))["ci_low"].verdict is Verdict.CONTRADICTION


def test_means_and_deviations_of_whole_numbers(audit: AuditLines) -> None:
    """Of 28 grades no mean is 5.19 (5.18 or 5.21); 20 whole values with mean 2.00 have no deviation of 0.10."""

    def of(mean: str, sd: str, n: int) -> dict[str, Verdict]:
        lines = [f"m,t,grade,all,mean,{mean},,,{n},grade", f"s,t,grade,all,sd,{sd},,,{n},grade"]
        return {name: one.verdict for name, one in audit(*lines).items()}

    assert of("5.19", "1.00", 28)["m"] is Verdict.IMPOSSIBLE
    assert of("5.18", "1.06", 28)["m"] is Verdict.CONSISTENT
    assert of("2.00", "0.10", 20)["s"] is Verdict.IMPOSSIBLE
    assert of("2.00", "0.32", 20)["s"] is Verdict.CONSISTENT


def test_every_convention_names_a_program() -> None:
    assert all(PROGRAMS.values())
