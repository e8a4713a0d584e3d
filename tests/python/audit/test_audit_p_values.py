"""Readings of p-values, against trying every sample (scipy) and every table."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from cartox.audit import FigureAudit, StatedRules, Verdict, audit_figures
from tests.python.audit.audited_lines import HEADER, AuditLines
from tests.python.audit.independent_tests import prints

WILCOXON: dict[str, dict[str, Any]] = {
    "corrected": {"method": "asymptotic", "use_continuity": True},
    "uncorrected": {"method": "asymptotic", "use_continuity": False},
    "exact": {"method": "exact"},
}
NAMES = {
    "corrected": ["asymptotic with continuity correction"],
    "uncorrected": ["asymptotic without continuity correction"],
    "exact": ["exact conditional", "exact by tables"],
}


def medians(
    p: str, sizes: tuple[str, str] = ("9", "13"), total: str = "", statistic: str = "p_value"
) -> list[str]:
    return [
        f"x,comparison,ferritin,ill,median,900.371,,,{sizes[0]},ng/mL",
        f"y,comparison,ferritin,well,median,300.118,,,{sizes[1]},ng/mL",
        f"p,comparison,ferritin,both,{statistic},{p},,,{total},",
    ]


def shares(first: str, second: str, p: str, total: str = "", statistic: str = "p_value") -> list[str]:
    return [
        f"x,comparison,event,ill,percent,{first},%",
        f"y,comparison,event,well,percent,{second},%",
        f"p,comparison,event,both,{statistic},{p},,,{total},",
    ]


def sample(u: int, n_x: int, n_y: int) -> tuple[list[float], list[float]]:
    """Two samples without ties of which the first has this U."""
    x = [min(n_y, max(0, u - i * n_y)) + 0.5 + i / (4 * n_x) for i in range(n_x)]
    return x, [float(k) for k in range(1, n_y + 1)]


@cache
def p_of_every_u(name: str, n_x: int, n_y: int) -> list[float]:
    """P-values by scipy of samples without ties with U = 0, 1 .. n_x n_y."""
    samples = [sample(u, n_x, n_y) for u in range(n_x * n_y + 1)]
    x, y = (np.array([pair[side] for pair in samples]) for side in (0, 1))
    return [float(p) for p in mannwhitneyu(x, y, axis=1, **WILCOXON[name]).pvalue]


@pytest.mark.parametrize("printed", ["0.0165", "0.040", "0.31", "0.0007", "1.00"])
def test_readings_of_two_medians_are_all_u_that_print_so(audit: AuditLines, printed: str) -> None:
    expected: set[tuple[str, int, int, int]] = set()
    for k, m in product(range(4), repeat=2):
        if k + m > 3:
            continue
        n_x, n_y = 9 - k, 13 - m
        for name in WILCOXON:
            for u, p in enumerate(p_of_every_u(name, n_x, n_y)):
                if 2 * u >= n_x * n_y and printed in prints(p, len(printed) - 2):
                    expected |= {(each, n_x, n_y, u) for each in NAMES[name]}
    assert len(expected) > 0 or printed == "0.0165"
    found = {
        (reading.convention, *(group.size for group in reading.groups), u)
        for reading in audit(*medians(printed))["p"].readings
        for u in range(reading.u_low or 0, (reading.u_high or 0) + 1)
        if not reading.convention.startswith("t-approximation")
    }
    assert found == expected


def test_u_counts_for_the_group_with_the_higher_median(audit: AuditLines) -> None:
    reading = audit(*medians("0.040"))["p"].readings[0]
    assert reading.u_of == "ill"
    assert reading.u_low is not None
    assert reading.u_low > reading.groups[0].size * reading.groups[1].size / 2


def test_u_is_mirrored_only_where_medians_so_far_apart_allow_it(audit: AuditLines) -> None:
    """Against every order of 3 and 5 values in which the median of the 3 is the higher one."""
    possible: set[int] = set()
    for places in combinations(range(8), 3):
        others = [place for place in range(8) if place not in places]
        if places[1] > others[2]:
            possible.add(sum(place > other for place in places for other in others))
    for u in range(8, 16):
        p = float(mannwhitneyu(*sample(u, 3, 5), method="exact").pvalue)
        readings = audit(*medians(f"{p:.6f}", ("3", "5")))["p"].readings
        (reading,) = (r for r in readings if r.convention == "exact conditional" and r.n_missing == 0)
        assert (reading.u_low, reading.u_high) == (u, u)
        assert reading.u_may_mirror is (15 - u in possible)


def test_no_reading_is_not_called_impossible(audit: AuditLines) -> None:
    one = audit(*medians("0.02513", ("4", "4")))["p"]
    assert one.verdict is Verdict.NO_READING
    assert "ties" in one.explanation[-1]


def test_a_p_value_that_states_missing_values_needs_no_others(audit: AuditLines) -> None:
    """0.0165 of 11 and 31 patients needs one missing value, which a denominator of 41 states."""
    assert audit(*medians("0.0165", ("11", "31")))["p"].verdict is Verdict.NEEDS_MISSING_VALUES
    stated = audit(*medians("0.0165", ("11", "31"), "41"))["p"]
    assert stated.verdict is Verdict.CONSISTENT
    assert stated.readings[0].n_missing == 1


def test_complete_data_and_the_stated_convention_come_first(audit: AuditLines) -> None:
    readings = [
        reading
        for reading in audit(*medians("0.04", ("11", "31")))["p"].readings
        if not reading.convention.startswith("t-approximation")
    ]
    assert [reading.n_missing for reading in readings] == sorted(reading.n_missing for reading in readings)
    assert readings[0].convention == "asymptotic with continuity correction"
    assert len({reading.convention for reading in readings if reading.n_missing == 0}) == 4


def test_below_a_limit_every_smaller_p_is_admitted_and_no_other(audit: AuditLines) -> None:
    one = audit(*medians("0.05", ("4", "4"), statistic="p_value_below"))["p"]
    exact = [r for r in one.readings if r.convention == "exact conditional" and r.n_missing == 0]
    assert [(r.u_low, r.u_high) for r in exact] == [(16, 16)]
    assert audit(*medians("0.02", ("4", "4"), statistic="p_value_below"))["p"].verdict is Verdict.NO_READING


def test_a_p_value_above_one_is_impossible(audit: AuditLines) -> None:
    assert audit(*medians("1.02"))["p"].verdict is Verdict.IMPOSSIBLE


def conventions(one: FigureAudit) -> list[str]:
    return [reading.convention for reading in one.readings if reading.n_missing == 0]


@pytest.mark.parametrize(
    ("p", "convention", "verdict"),
    [
        ("0.0105", "Fisher two-sided", Verdict.CONSISTENT),
        ("0.0059", "Pearson", Verdict.RULE_NOT_FOLLOWED),
        ("0.0168", "Yates", Verdict.RULE_NOT_FOLLOWED),
        ("0.0066", "Fisher mid-p of SAS", Verdict.CONSISTENT),
        ("0.0083", None, Verdict.NO_READING),
    ],
)
def test_chi_square_is_not_allowed_with_a_small_expected_count_where_that_is_the_rule(
    tmp_path: Path, p: str, convention: str | None, verdict: Verdict
) -> None:
    """8 of 11 against 8 of 31 by the published Fisher, Pearson and Yates p, and the mid-p."""
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([HEADER, *shares("72.7,,,11", "25.8,,,31", p)]))
    one = audit_figures(path, StatedRules(fisher_below=5))[-1]
    assert conventions(one)[:1] == ([convention] if convention else [])
    assert one.verdict is verdict


def test_a_rule_that_is_not_stated_cannot_be_broken(audit: AuditLines) -> None:
    one = audit(*shares("72.7,,,11", "25.8,,,31", "0.006"))["p"]
    assert one.verdict is Verdict.CONSISTENT
    assert "Fisher two-sided is usual, and gives 0.01054" in one.explanation[0]


def test_every_test_is_allowed_where_expected_counts_are_large(audit: AuditLines) -> None:
    """R: chisq.test(matrix(c(30,20,20,30),2)) gives 0.0455, corrected 0.0719; fisher.test 0.0713."""
    for p, convention in (("0.0455", "Pearson"), ("0.0719", "Yates"), ("0.0713", "Fisher two-sided")):
        one = audit(*shares("60,,,50", "40,,,50", p))["p"]
        assert conventions(one)[0] == convention
        assert one.verdict is Verdict.CONSISTENT


def test_all_admissible_counts_are_tried(audit: AuditLines) -> None:
    """50 % of 205 are 102 or 103, 30 % of 205 are 61 or 62 (60.475 to 62.525)."""
    one = audit(*shares("50,,,205", "30,,,205", "0.001", statistic="p_value_below"))["p"]
    tried = {
        tuple(group.count for group in reading.groups) for reading in one.readings if reading.n_missing == 0
    }
    assert tried == {(102, 61), (102, 62), (103, 61), (103, 62)}


def test_a_stated_numerator_fixes_the_count(audit: AuditLines) -> None:
    one = audit(*shares("50,,102,205", "30,,62,205", "0.001", statistic="p_value_below"))["p"]
    assert {
        tuple(group.count for group in reading.groups) for reading in one.readings if reading.n_missing == 0
    } == {(102, 62)}


def test_where_numerator_and_share_disagree_the_p_value_may_be_that_of_either(audit: AuditLines) -> None:
    """8 of 11 against 8 of 31 has Fisher's 0.0105; 28.8 %, which no count of 31 gives, should read 25.8 %."""
    found = audit(*shares("72.7,,,11", "28.8,,8,31", "0.0105"))
    assert found["y"].verdict is Verdict.IMPOSSIBLE
    assert found["p"].verdict is Verdict.CONSISTENT


def test_shares_that_no_count_gives_leave_nothing_to_check(audit: AuditLines) -> None:
    assert audit(*shares("42.6,,,42", "25.8,,,31", "0.01"))["p"].verdict is Verdict.NOT_CHECKABLE


def test_equal_certainty_compares_nothing(audit: AuditLines) -> None:
    one = audit(*shares("100,,,11", "100,,,31", "1.000"))["p"]
    assert set(conventions(one)) == {"Fisher two-sided", "Fisher doubled one-sided", "Fisher mid-p"}
    assert one.verdict is Verdict.CONSISTENT


def test_three_groups_are_compared_by_kruskal_and_wallis(audit: AuditLines) -> None:
    lines = [*medians("0.04"), "z,comparison,ferritin,third,median,500,,,10,ng/mL"]
    one = audit(*lines)["p"]
    assert one.verdict is Verdict.CONSISTENT
    assert {reading.convention for reading in one.readings} == {"Kruskal-Wallis"}


def test_a_median_of_everybody_is_no_third_group(audit: AuditLines) -> None:
    lines = [*medians("0.04"), "z,comparison,ferritin,all,median,500,,,22,ng/mL"]
    assert audit(*lines)["p"].readings == audit(*medians("0.04"))["p"].readings != []


def test_counts_beside_medians_are_numbers_of_measured_patients(audit: AuditLines) -> None:
    measured = ["m,comparison,ferritin,ill,count,9,,,9,", "o,comparison,ferritin,well,count,12,,,13,"]
    assert {reading.u_of for reading in audit(*medians("1.00"), *measured)["p"].readings} == {"ill"}


def test_no_more_than_three_values_are_missing_over_both_groups(audit: AuditLines) -> None:
    one = audit(*shares("100,,,11", "0,,,31", "0.001", statistic="p_value_below"))["p"]
    assert {reading.n_missing for reading in one.readings} == {0, 1, 2, 3}


def test_the_stated_convention_is_what_the_study_states(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([HEADER, *medians("0.04", ("11", "31"))]))
    for stated in ("exact conditional", "asymptotic without continuity correction"):
        audits = audit_figures(path, StatedRules(rank_sum=stated))
        assert audits[-1].readings[0].convention == stated


def test_figures_of_another_section_or_description_do_not_belong(audit: AuditLines) -> None:
    lines = medians("0.04")
    assert audit(lines[0].replace("comparison", "later"), *lines[1:])["p"].verdict is Verdict.NOT_CHECKABLE
    assert audit(lines[0].replace("ferritin", "CRP"), *lines[1:])["p"].verdict is Verdict.NOT_CHECKABLE


def test_names_do_not_matter(audit: AuditLines) -> None:
    lines = [
        line.replace("ill", "Arm  A").replace("well", "arm B") for line in medians("0.0165", ("11", "31"))
    ]
    assert audit(*lines)["p"].verdict is Verdict.NEEDS_MISSING_VALUES


def test_large_groups_are_read_asymptotically_in_no_time(audit: AuditLines) -> None:
    one = audit(*medians("0.0417", ("400", "500")))["p"]
    assert {reading.convention for reading in one.readings} == {
        "asymptotic with continuity correction",
        "asymptotic without continuity correction",
        "t-approximation with continuity correction",
        "t-approximation without continuity correction",
    }
    assert np.isclose(one.readings[0].value_low, 0.0417, atol=5.1e-5)


def test_a_p_value_not_found_among_too_many_tables_is_left_open(
    audit: AuditLines,
) -> None:
    one = audit(*shares("50,,,90000", "30,,,80000", "0.7"))["p"]
    assert one.verdict is Verdict.NOT_CHECKABLE
    assert "of them were tried" in one.explanation[0]
