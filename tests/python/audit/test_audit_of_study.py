"""What the audit finds in the default study, as a reader with pencil and paper found it before."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartox.audit import FigureAudit, Verdict, audit_figures


@pytest.fixture(scope="module")
def audits(study_figures: Path) -> dict[str, FigureAudit]:
    return {one.figure.figure_id: one for one in audit_figures(study_figures)}


def test_42_6_percent_of_42_is_the_only_impossible_figure(audits: dict[str, FigureAudit]) -> None:
    impossible = [name for name, one in audits.items() if one.verdict is Verdict.IMPOSSIBLE]
    assert impossible == ["crs_at_anakinra_pct"]
    assert audits["crs_at_anakinra_pct"].readings == []


def test_peak_crs_is_the_only_p_value_that_does_not_follow_the_rule(audits: dict[str, FigureAudit]) -> None:
    broken = [name for name, one in audits.items() if one.verdict is Verdict.RULE_NOT_FOLLOWED]
    assert broken == ["crs_g34_peak_p"]
    reading, *others = audits["crs_g34_peak_p"].readings
    assert [other.convention for other in others] == ["likelihood ratio"]
    assert reading.convention == "Pearson"
    assert [(group.count, group.size) for group in reading.groups] == [(8, 11), (8, 31)]
    assert reading.smallest_expected == pytest.approx(16 * 11 / 42)


@pytest.mark.parametrize("name", ["ldh_p", "ferritin_p"])
def test_ldh_and_ferritin_need_one_missing_value(audits: dict[str, FigureAudit], name: str) -> None:
    assert audits[name].verdict is Verdict.NEEDS_MISSING_VALUES
    assert audits[name].readings[0].n_missing == 1
    assert audits[name].readings[0].convention == "asymptotic with continuity correction"
    assert {reading.assumes for reading in audits[name].readings} == {"no ties"}


def test_the_missing_value_is_a_responders_ldh_and_a_non_responders_ferritin(
    audits: dict[str, FigureAudit],
) -> None:
    def first_sizes(name: str) -> dict[str, int]:
        return {group.study_group: group.size for group in audits[name].readings[0].groups}

    assert first_sizes("ldh_p") == {"non-responders": 11, "responders": 30}
    assert first_sizes("ferritin_p") == {"non-responders": 10, "responders": 31}


def test_nothing_else_in_the_study_is_suspicious(audits: dict[str, FigureAudit]) -> None:
    found = {"crs_at_anakinra_pct", "crs_g34_peak_p", "ldh_p", "ferritin_p"}
    fine = (Verdict.CONSISTENT, Verdict.NOT_CHECKABLE)
    assert {name for name, one in audits.items() if one.verdict not in fine} == found


def test_printed_counts_are_among_the_readings(audits: dict[str, FigureAudit]) -> None:
    for one in audits.values():
        if one.figure.statistic == "percent" and one.figure.numerator is not None:
            assert one.figure.numerator in [reading.groups[0].count for reading in one.readings]


def test_every_other_rank_sum_p_is_read_by_the_stated_convention_with_complete_data(
    audits: dict[str, FigureAudit],
) -> None:
    for name in ("hemoglobin_p", "crp_p", "crp_auc_p", "ferritin_auc_p", "ldh_auc_p", "steroids_total_p"):
        first = audits[name].readings[0]
        assert (first.convention, first.n_missing) == ("asymptotic with continuity correction", 0)
