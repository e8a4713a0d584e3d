"""The built-in study prints what the study printed, and says so of each figure."""

from __future__ import annotations

from collections import Counter

import duckdb
import pytest

from tests.spec.compiled_project import PROJECT

pytestmark = pytest.mark.xdist_group("study")


def test_all_figures_but_the_impossible_one_are_reproduced(study: duckdb.DuckDBPyConnection) -> None:
    verdicts = dict(study.execute("select figure_id, verdict from results.reported_figures").fetchall())
    assert Counter(verdicts.values()) == {"reproduced": 66, "impossible": 1}
    assert verdicts["crs_at_anakinra_pct"] == "impossible"


def test_one_printed_p_value_does_not_follow_the_rule(study: duckdb.DuckDBPyConnection) -> None:
    found = study.execute(
        "select figure_id, convention, reported, computed from results.reported_figures where not follows_rule"
    ).fetchall()
    assert found == [("crs_g34_peak_p", "Pearson", 0.006, 0.006)]


def test_populations(study: duckdb.DuckDBPyConnection) -> None:
    assert study.execute(
        "select era, n_treated, n_deaths, n_toxicity_deaths from marts.era_mortality order by era"
    ).fetchall() == [("before", 179, 70, 6), ("from", 325, 169, 7)]
    assert study.execute(
        "select study_group, count(*) from marts.cohort group by 1 order by 1"
    ).fetchall() == [("non_responder", 11), ("responder", 31)]


# Nobody of the built-in study: the cases of the rules hold these two.
HELD_BY_CASES = {"unknown_indication", "unclear_infusions"}


def test_every_exclusion_reason_takes_somebody_away(study: duckdb.DuckDBPyConnection) -> None:
    counts = dict(study.execute("select reason, count(*) from marts.cohort_exclusions group by 1").fetchall())
    steps = {row[0] for row in study.execute("select reason from seeds.exclusion_steps").fetchall()}
    assert counts.keys() == steps - HELD_BY_CASES
    cases = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests/spec/rules").glob("*.yml"))
    assert [reason for reason in HELD_BY_CASES if reason not in cases] == []
    assert min(counts.values()) >= 3


def test_the_other_reading_of_the_era_date_differs(study: duckdb.DuckDBPyConnection) -> None:
    ((between,),) = study.execute(
        "select count(*) from marts.treated_patients "
        "where infused_at >= '2020-02-05' and infused_at < '2020-05-02'"
    ).fetchall()
    assert between >= 10


def test_no_complete_data_lie_behind_the_two_p_values_that_need_a_gap(
    study: duckdb.DuckDBPyConnection,
) -> None:
    missing = study.execute(
        "select analyte, study_group, count(*) filter (where value is null) from marts.lab_baseline "
        "join marts.cohort using (patient_id) where analyte in ('ldh', 'ferritin') group by all order by all"
    ).fetchall()
    assert missing == [
        ("ferritin", "non_responder", 1),
        ("ferritin", "responder", 0),
        ("ldh", "non_responder", 0),
        ("ldh", "responder", 1),
    ]
