"""Counts, denominators and numerators of printed percentages."""

from __future__ import annotations

from cartox.audit import FigureAudit, Verdict
from tests.python.audit.audited_lines import AuditLines

COHORT = "n,cohort,patients,all,count,42,,,,patients"


def counts(one: FigureAudit) -> list[tuple[int | None, int, int]]:
    return [(group.count, group.size, group.missing) for reading in one.readings for group in reading.groups]


def test_every_count_that_prints_so_is_given(audit: AuditLines) -> None:
    one = audit("a,baseline,x,all,percent,50,,,205,%")["a"]
    assert counts(one)[:2] == [(102, 205, 0), (103, 205, 0)]
    assert one.verdict is Verdict.CONSISTENT


def test_a_stated_denominator_is_taken_at_its_word(audit: AuditLines) -> None:
    one = audit("a,baseline,x,all,percent,41.5,,,42,%", "b,baseline,y,all,percent,51.2,,21,41,%")["a"]
    assert one.verdict is Verdict.IMPOSSIBLE
    assert counts(one) == [(17, 41, 1)]


def test_numerator_that_gives_other_digits_contradicts(audit: AuditLines) -> None:
    assert audit("a,baseline,x,all,percent,54.8,,24,42,%")["a"].verdict is Verdict.CONTRADICTION
    assert audit("a,baseline,x,all,percent,54.8,,23,42,%")["a"].verdict is Verdict.CONSISTENT


def test_numerator_and_denominator_contradict_even_where_no_count_fits(audit: AuditLines) -> None:
    one = audit("a,baseline,x,all,percent,42.6,,18,42,%")["a"]
    assert one.verdict is Verdict.CONTRADICTION
    assert "No whole count of 42 prints as 42.6 %." in one.explanation


def test_numerator_above_denominator_and_share_above_hundred_are_impossible(audit: AuditLines) -> None:
    assert audit("a,baseline,x,all,percent,100,,43,42,%")["a"].verdict is Verdict.IMPOSSIBLE
    assert audit("a,baseline,x,all,percent,101,,,,%")["a"].verdict is Verdict.IMPOSSIBLE


def test_a_blank_denominator_is_the_count_of_the_group(audit: AuditLines) -> None:
    found = audit(COHORT, "a,cohort,x,all,percent,54.8,,,,%", "b,baseline,x,all,percent,54.8,,,,%")
    assert counts(found["a"])[0] == counts(found["b"])[0] == (23, 42, 0)
    assert found["a"].verdict is found["b"].verdict is Verdict.CONSISTENT


def test_a_blank_denominator_may_lack_values(audit: AuditLines) -> None:
    one = audit(COHORT, "a,cohort,x,all,percent,41.5,,,,%")["a"]
    assert one.verdict is Verdict.NEEDS_MISSING_VALUES
    assert counts(one) == [(17, 41, 1)]


def test_a_blank_denominator_lacks_no_more_than_three_values(audit: AuditLines) -> None:
    assert audit(COHORT, "a,cohort,x,all,percent,39.5,,,,%")["a"].verdict is Verdict.IMPOSSIBLE


def test_a_blank_denominator_may_be_another_base_of_the_section(audit: AuditLines) -> None:
    one = audit(
        "n,era,patients,before,count,179,,,,",
        "d,era,deaths,before,count,70,,,179,",
        "a,era,x,before,percent,8.57,,,,%",
    )
    assert one["a"].verdict is Verdict.IMPOSSIBLE
    one = audit(
        "n,era,patients,before,count,179,,,,",
        "d,era,deaths,before,count,70,,,,",
        "a,era,x,before,percent,8.57,,,,%",
    )
    assert one["a"].verdict is Verdict.CONSISTENT
    assert counts(one["a"])[0] == (6, 70, 0)


def test_the_group_is_not_guessed_from_values_missing_elsewhere(audit: AuditLines) -> None:
    incomplete = ["a,baseline,y,all,percent,46.3,,19,41,%", "b,baseline,z,all,percent,46.3,,19,41,%"]
    complete = "c,baseline,x,all,percent,47.6,,20,42,%"
    found = audit(*incomplete, complete, "d,baseline,w,all,percent,54.8,,,,%")
    assert counts(found["d"])[0] == (23, 42, 0)


def test_without_any_size_nothing_is_checked(audit: AuditLines) -> None:
    assert audit("a,baseline,x,all,percent,42.6,,,,%")["a"].verdict is Verdict.NOT_CHECKABLE


def test_a_share_of_a_nation_is_audited_in_no_time(audit: AuditLines) -> None:
    one = audit("a,baseline,x,all,percent,50,,,900000000000000,%")["a"]
    assert one.verdict is Verdict.CONSISTENT
    assert len(one.readings) < 5000
    assert "are listed" in one.explanation[0]
