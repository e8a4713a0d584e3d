"""Figures that cannot all be right."""

from __future__ import annotations

import pytest

from cartox.audit import Verdict
from cartox.audit.checks.complementary import are_complementary
from tests.python.audit.audited_lines import AuditLines


def contradicting(audit: AuditLines, *lines: str) -> set[str]:
    return {name for name, one in audit(*lines).items() if one.verdict is Verdict.CONTRADICTION}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ICANS resolved after anakinra", "ICANS not resolved after anakinra", True),
        ("male sex", "female sex", True),
        ("any fever", "no fever", True),
        ("responders", "non-responders", True),
        ("stage III", "stage IV", False),
        ("fever with rigor", "fever without rigor", False),
        ("small cell cancer", "non-small cell cancer", False),
        ("not resolved", "not resolved", False),
    ],
)
def test_complementary_by_their_words(first: str, second: str, expected: bool) -> None:
    assert are_complementary(first, second) is are_complementary(second, first) is expected


def pair(first: str, second: str, statistic: str) -> list[str]:
    return [
        f"a,cohort,toxicity resolved,all,{statistic},{first}",
        f"b,cohort,toxicity not resolved,all,{statistic},{second}",
    ]


def test_complementary_counts_make_the_total(audit: AuditLines) -> None:
    total = "n,cohort,patients,all,count,42,,,,patients"
    assert contradicting(audit, total, *pair("31,,,,", "11,,,,", "count")) == set()
    assert contradicting(audit, total, *pair("32,,,,", "11,,,,", "count")) == {"n", "a", "b"}
    assert contradicting(audit, *pair("32,,,42,", "11,,,42,", "count")) == {"a", "b"}


def test_complementary_counts_without_a_total_are_left_alone(audit: AuditLines) -> None:
    other = "c,cohort,axi-cel,all,count,36,,,,patients"
    assert contradicting(audit, *pair("31,,,,", "11,,,,", "count"), other) == set()


def test_complementary_percentages_make_hundred(audit: AuditLines) -> None:
    assert contradicting(audit, *pair("73.8,,,42,%", "26.2,,,42,%", "percent")) == set()
    assert contradicting(audit, *pair("73.8,,,42,%", "28.6,,,42,%", "percent")) == {"a", "b"}


def test_rounded_percentages_of_101_are_fine_where_counts_make_the_total(audit: AuditLines) -> None:
    """1 and 7 of 8 are 12.5 % and 87.5 %: 13 and 88 half up."""
    assert contradicting(audit, *pair("13,,,8,%", "88,,,8,%", "percent")) == set()


def test_minimum_median_maximum_are_in_order(audit: AuditLines) -> None:
    def lines(low: str, middle: str, high: str) -> list[str]:
        values = (("min", low), ("median", middle), ("max", high))
        return [f"{name},baseline,dose,all,{name},{value},,,42,mg" for name, value in values]

    assert contradicting(audit, *lines("0", "40.0", "1041.9")) == set()
    assert contradicting(audit, *lines("50", "40.0", "1041.9")) == {"min", "median"}
    assert contradicting(audit, *lines("0", "1042.1", "1041.9")) == {"median", "max"}
    assert contradicting(audit, *lines("40", "39.6", "41.0")) == set(), "a minimum of 39.6 prints as 40"


def age(middle: str, n: str, unit: str = "years", high: str = "78") -> list[str]:
    values = (("min", "19"), ("median", middle), ("max", high))
    return [f"{name},baseline,age,all,{name},{value},,,{n},{unit}" for name, value in values]


def test_a_half_is_the_median_of_an_even_number_of_whole_years(audit: AuditLines) -> None:
    assert contradicting(audit, *age("64.5", "42")) == set()
    assert contradicting(audit, *age("64.5", "41")) == {"median"}
    assert contradicting(audit, *age("64.5", "")) == set()
    assert contradicting(audit, *age("64.3", "42")) == {"median"}


def test_years_printed_with_decimals_are_not_whole(audit: AuditLines) -> None:
    assert contradicting(audit, *age("64.3", "42", high="78.4")) == set()
    assert contradicting(audit, *age("64.3", "42", unit="mg/L")) == set()


def test_half_a_grade_is_the_median_of_an_even_number_only(audit: AuditLines) -> None:
    line = "a,baseline,ICANS grade,all,median,2.5,,,{},grade"
    assert audit(line.format(42))["a"].verdict is Verdict.CONSISTENT
    assert audit(line.format(41))["a"].verdict is Verdict.IMPOSSIBLE


def test_the_median_of_everybody_lies_between_those_of_the_groups(audit: AuditLines) -> None:
    groups = ["a,lab,CRP,ill,median,73.0,,,11,mg/L", "b,lab,CRP,well,median,11.9,,,31,mg/L"]
    assert contradicting(audit, *groups, "c,lab,CRP,all,median,20.0,,,42,mg/L") == set()
    assert contradicting(audit, *groups, "c,lab,CRP,all,median,80.0,,,42,mg/L") == {"a", "b", "c"}
    assert contradicting(audit, *groups, "c,lab,CRP,all,median,80.0,,,60,mg/L") == set(), (
        "others are among the 60"
    )


def test_counts_of_groups_make_the_count_of_everybody(audit: AuditLines) -> None:
    groups = ["a,peak,CRS,ill,percent,72.7,,,11,%", "b,peak,CRS,well,percent,25.8,,,31,%"]
    assert contradicting(audit, *groups, "c,peak,CRS,all,percent,38.1,,,42,%") == set()
    assert contradicting(audit, *groups, "c,peak,CRS,all,percent,40.5,,,42,%") == {"a", "b", "c"}
    assert contradicting(audit, *groups, "c,peak,CRS,all,percent,40.0,,,60,%") == set(), (
        "others are among the 60"
    )


def test_count_and_percentage_of_one_thing_agree(audit: AuditLines) -> None:
    percent = "p,cohort,resolved,all,percent,74,,,42,%"
    assert contradicting(audit, percent, "k,cohort,resolved,all,count,31,,,,patients") == set()
    assert contradicting(audit, percent, "k,cohort,resolved,all,count,30,,,,patients") == {"p", "k"}


def test_one_thing_has_one_value(audit: AuditLines) -> None:
    lines = ["a,lab,CRP,all,median,20.0,,,42,mg/L", "b,lab,CRP,all,median,20.1,,,42,mg/L"]
    assert contradicting(audit, *lines) == {"a", "b"}


def test_a_denominator_is_no_larger_than_its_group(audit: AuditLines) -> None:
    total = "n,era,patients,before,count,179,,,,patients"
    assert contradicting(audit, total, "d,era,deaths,before,count,70,,,179,deaths") == set()
    assert contradicting(audit, total, "d,era,deaths,before,count,70,,,180,deaths") == {"n", "d"}
    assert audit(total, "d,era,deaths,before,count,180,,,179,deaths")["d"].verdict is Verdict.IMPOSSIBLE


def test_groups_make_the_denominator_of_their_p_value(audit: AuditLines) -> None:
    def lines(total: int) -> list[str]:
        return [
            "x,lab,CRP,ill,median,73.0,,,11,mg/L",
            "y,lab,CRP,well,median,11.9,,,31,mg/L",
            f"p,lab,CRP,both,p_value,0.015,,,{total},",
        ]

    assert contradicting(audit, *lines(42)) == set()
    assert contradicting(audit, *lines(43)) == {"x", "y", "p"}
    assert contradicting(audit, *lines(38)) == {"x", "y", "p"}


def test_a_count_is_whole(audit: AuditLines) -> None:
    assert audit("a,cohort,patients,all,count,41.5,,,,patients")["a"].verdict is Verdict.IMPOSSIBLE


def test_what_nothing_bears_on_is_no_pass(audit: AuditLines) -> None:
    found = audit("a,lab,CRP,all,median,20.0,,,42,mg/L", "b,lab,CRP,all,hazard_ratio,0.5,,,42,")
    assert found["a"].verdict is found["b"].verdict is Verdict.NOT_CHECKABLE
