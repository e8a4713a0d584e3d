"""Counts, denominators and numerators of printed percentages."""

from __future__ import annotations

from pathlib import Path

from cartox.audit import FigureAudit, Verdict, Weight, audit_figures
from tests.python.audit.audited_lines import HEADER, AuditLines

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


def test_a_share_that_no_count_of_its_stated_group_gives_is_impossible_whatever_else_is_known(
    audit: AuditLines,
) -> None:
    one = audit("a,baseline,x,all,percent,42.6,,18,42,%")["a"]
    assert one.verdict is Verdict.IMPOSSIBLE
    assert one.explanation == [
        "No whole count of 42 prints as 42.6 %.",
        "18 of 42 are 42.8571 %, which does not print as 42.6 %.",
    ]
    twice = audit("a,baseline,x,all,percent,42.6,,18,42,%", "k,baseline,x,all,count,18,,,42,")
    assert twice["a"].verdict is Verdict.IMPOSSIBLE


def test_a_last_digit_weighs_less_than_substance(audit: AuditLines) -> None:
    """Two of three cut off is 66.6 %; 24 of 42 are 57.1 %, not 58.5 %."""
    cut_off = audit("a,baseline,x,all,percent,66.6,,28,42,%")["a"]
    assert (cut_off.verdict, cut_off.weight) == (Verdict.IMPOSSIBLE, Weight.LAST_DIGIT)
    wrong = audit("a,baseline,x,all,percent,58.5,,24,42,%")["a"]
    assert (wrong.verdict, wrong.weight) == (Verdict.IMPOSSIBLE, Weight.SUBSTANCE)
    assert audit("a,baseline,x,all,percent,57.1,,24,42,%")["a"].weight is None


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


def test_a_blank_denominator_may_lack_any_number_of_values(audit: AuditLines) -> None:
    """140, 42 % of 344, is 140 of 337 at most."""
    group = "n,cohort,patients,all,count,344,,,,patients"
    one = audit(group, "a,cohort,x,all,percent,42,,140,,%")["a"]
    assert one.verdict is Verdict.NEEDS_MISSING_VALUES
    assert counts(one)[-3:] == [(140, 337, 7), (140, 336, 8), (140, 335, 9)]
    assert one.explanation[-1] == (
        "140 of 344 are 40.6977 %, which does not print as 42 %; 140 of 337 does, 7 without a value."
    )
    beside = audit(group, "a,cohort,x,all,percent,42,,,,%", "k,cohort,x,all,count,140,,,,patients")
    assert beside["k"].verdict is beside["a"].verdict is Verdict.NEEDS_MISSING_VALUES
    assert audit(COHORT, "a,cohort,x,all,percent,39.5,,,,%")["a"].verdict is Verdict.NEEDS_MISSING_VALUES


def test_that_no_count_of_the_group_prints_so_is_said_only_where_it_is_true(audit: AuditLines) -> None:
    for number, percent in (("140", "42"), ("381", "60"), ("4", "61")):
        group = "n,cohort,patients,all,count,624,,,,patients"
        one = audit(group, f"a,cohort,x,all,percent,{percent},,{number},,%")["a"]
        assert not any("No count of 624" in sentence for sentence in one.explanation)
        assert one.verdict is not Verdict.CONSISTENT


def test_a_percentage_of_no_number_of_patients_is_impossible(audit: AuditLines) -> None:
    """Up to 42 patients the shares nearest to 42.7 % are 42.6 % and 42.9 % (3 of 7, 20 of 47 being beyond)."""
    fits = {f"{100 * k / n:.2f}" for n in range(1, 43) for k in range(n + 1)}
    assert "42.60" not in fits
    assert audit(COHORT, "a,cohort,x,all,percent,42.60,,,,%")["a"].verdict is Verdict.IMPOSSIBLE


def test_a_stated_base_of_all_patients_leaves_nobody_out(audit: AuditLines, tmp_path: Path) -> None:
    lines = [f"{HEADER},rules", f"{COHORT},percent_base = all", "a,cohort,x,all,percent,41.5,,,,%,"]
    path = tmp_path / "rules.csv"
    path.write_text("\n".join(lines))
    assert audit_figures(path)[1].verdict is Verdict.RULE_NOT_FOLLOWED
    assert audit(COHORT, "a,cohort,x,all,percent,41.5,,,,%")["a"].verdict is Verdict.NEEDS_MISSING_VALUES


def test_a_blank_denominator_may_be_another_base_of_the_section(audit: AuditLines) -> None:
    one = audit(
        "n,era,patients,before,count,179,,,,",
        "d,era,deaths,before,count,70,,,179,",
        "a,era,x,before,percent,8.57,,,,%",
    )
    assert one["a"].verdict is Verdict.NEEDS_MISSING_VALUES
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
