"""results.counts, results.grade_counts and results.cohort_summaries against counts made in Python, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from statistics import quantiles
from typing import Any, TypeAlias

import duckdb
import pytest

from cartox.results.counts import write_counts, write_grade_counts
from cartox.results.courses import write_cohort_summaries
from cartox.results.tables import create_tables

Names: TypeAlias = tuple[str, str, str]
Counted: TypeAlias = dict[Names, tuple[int, int | None]]

GROUPS = ("responder", "non_responder", "not_evaluable", "all")


def counted(warehouse: duckdb.DuckDBPyConnection, topic: str) -> Counted:
    """The rows of a topic: n and n_of by item, level and study group."""
    rows = warehouse.execute(
        "select item, level, study_group, n, n_of from results.counts where topic = ?", [topic]
    ).fetchall()
    return {(item, level, group): (n, n_of) for item, level, group, n, n_of in rows}


def members(warehouse: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """The patients of each study group, and of the whole cohort."""
    rows = warehouse.execute("select patient_id, study_group from marts.cohort").fetchall()
    return {group: {patient for patient, own in rows if group in (own, "all")} for group in GROUPS}


def rows_of(warehouse: duckdb.DuckDBPyConnection, table: str, *columns: str) -> list[Any]:
    """Some columns of a table."""
    return warehouse.execute(f"select {', '.join(columns)} from {table}").fetchall()


def test_populations_are_their_members(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = counted(warehouse, "population")
    treated = len(rows_of(warehouse, "marts.treated_patients", "patient_id"))
    assert found.pop(("treated", "all", "treated")) == (treated, None)
    assert found == {
        ("cohort", "all", group): (len(patients), None) for group, patients in members(warehouse).items()
    }


def test_who_was_left_out_adds_up_by_population(warehouse: duckdb.DuckDBPyConnection) -> None:
    expected: Counter[str] = Counter()
    steps = rows_of(warehouse, "marts.cohort_attrition", "step_number", "population", "n_excluded")
    for number, population, n_excluded in steps:
        if number:
            expected[population] += n_excluded
    found = counted(warehouse, "left_out")
    assert {item: n for (item, _, _), (n, _) in found.items()} == expected


def test_falls_of_the_grade_are_counted_of_those_whose_grades_tell(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = rows_of(
        warehouse, "marts.improvements", "patient_id", "within_hours", "least_fallen", "most_fallen"
    )
    assert any(least < 1 <= most for _, _, least, most in rows)
    expected: Counted = {}
    for group, patients in members(warehouse).items():
        for hours in (48, 72):
            own = [
                (least_fallen, most_fallen)
                for patient, within, least_fallen, most_fallen in rows
                if patient in patients and within == hours and least_fallen is not None
            ]
            for asked in (1, 2):
                told = [{fall >= asked for fall in range(least, most + 1)} for least, most in own]
                n_told = sum(len(answers) == 1 for answers in told)
                expected[f"{hours}_hours", f"at_least_{asked}", group] = (told.count({True}), n_told)
    assert counted(warehouse, "early_improvement") == expected
    assert any(n for n, _ in expected.values())


def test_responses_are_counted_of_their_group(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(warehouse, "marts.response_windows", "patient_id", "response_window", "response")
    expected: Counted = {}
    for group, patients in members(warehouse).items():
        for window in ("day_30", "day_90"):
            own = [response for patient, at, response in rows if patient in patients and at == window]
            for response in ("CR", "PR", "SD", "PD", "NE"):
                expected[window, response, group] = (own.count(response), len(own))
    assert counted(warehouse, "lymphoma_response") == expected
    assert expected["day_30", "PR", "all"][0] > 0


def test_worst_grades_are_those_of_the_days(study: duckdb.DuckDBPyConnection) -> None:
    study.execute(
        "update marts.cohort set peak_icans_grade_certainty = 'at_least' where peak_icans_grade <= 2"
    )
    create_tables(study)
    write_counts(study)
    rows = rows_of(study, "marts.toxicity_days", "toxicity", "patient_id", "grade")
    certain = {
        (toxicity, patient): certainty in ("exact", "at_most", "estimated")
        for toxicity in ("CRS", "ICANS")
        for patient, certainty in rows_of(
            study, "marts.cohort", "patient_id", f"peak_{toxicity.lower()}_grade_certainty"
        )
    }
    expected: Counted = {}
    for group, patients in members(study).items():
        for toxicity in ("CRS", "ICANS"):
            worst = []
            bounds = []
            n_possible = 0
            for patient in patients:
                graded = [
                    grade
                    for kind, whom, grade in rows
                    if (kind, whom) == (toxicity, patient) and grade is not None
                ]
                worst += [max(graded)] if graded else []
                bounds += [max(graded)] if graded and not certain[toxicity, patient] else []
                n_possible += (max(graded, default=0) == 4) or not certain[toxicity, patient]
            expected[toxicity, "grade_4_or_unknown", group] = (n_possible, len(patients))
            for grade in range(5):
                expected[toxicity, f"grade_{grade}", group] = (worst.count(grade), len(patients))
            for grade in range(4):
                expected[toxicity, f"grade_{grade}_perhaps_higher", group] = (
                    bounds.count(grade),
                    len(patients),
                )
    assert counted(study, "worst_daily_grade") == expected
    assert any("perhaps_higher" in level and n for (_, level, _), (n, _) in expected.items())


def test_grades_of_a_day_are_counted(study: duckdb.DuckDBPyConnection) -> None:
    study.execute("update marts.toxicity_days set certainty = 'at_least' where grade = 2")
    create_tables(study)
    write_grade_counts(study)
    rows = rows_of(study, "marts.toxicity_days", "toxicity", "patient_id", "study_day", "grade", "certainty")
    expected: dict[tuple[str, str, int], list[int]] = {}
    for group, patients in members(study).items():
        for toxicity, patient, day, grade, certainty in rows:
            if patient in patients:
                cells = expected.setdefault((toxicity, group, day), [0] * 7)
                if grade is not None:
                    cells[0] += 1
                    cells[1 + grade] += 1
                    cells[6] += certainty == "at_least"
    assert any(cells[6] for cells in expected.values())
    grades = [*(f"n_grade_{grade}" for grade in range(5)), "n_bounds"]
    found = rows_of(
        study, "results.grade_counts", "toxicity", "study_group", "study_day", "n_evaluable", *grades
    )
    assert {tuple(row[:3]): list(row[3:]) for row in found} == expected


def test_causes_of_death_are_counted_by_both_rules(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(warehouse, "marts.deaths", "cause_by_cibmtr", "cause_by_ebmt", "is_non_relapse_death")
    causes = [cause for (cause,) in rows_of(warehouse, "seeds.causes_of_death", "cause_of_death")]
    expected: Counted = {}
    for place, rule in enumerate(("cibmtr", "ebmt")):
        for cause in causes:
            expected[rule, cause, "treated"] = (sum(row[place] == cause for row in rows), len(rows))
    assert counted(warehouse, "cause_of_death") == expected
    assert counted(warehouse, "death") == {
        ("all", "all", "treated"): (len(rows), None),
        ("non_relapse", "all", "treated"): (sum(bool(row[2]) for row in rows), len(rows)),
        ("relapse_unclear", "all", "treated"): (sum(row[2] is None for row in rows), len(rows)),
    }


def test_reviews_count_a_patient_once(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(warehouse, "marts.grade_reviews", "toxicity", "reason", "patient_id")
    cohort = members(warehouse)["all"]
    found = counted(warehouse, "grade_review")
    for (toxicity, reason, group), (n, _) in found.items():
        patients = {
            patient
            for kind, why, patient in rows
            if (toxicity in (kind, "any")) and (reason in (why, "any"))
            if group == "treated" or patient in cohort
        }
        assert n == len(patients), (toxicity, reason, group)
    assert found["any", "any", "treated"][0] > 0


def test_the_recorded_index_is_held_against_the_computed(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(warehouse, "marts.baseline_scores", "patient_id", "ipi", "recorded_ipi")
    for group, patients in members(warehouse).items():
        both = [
            (one, other) for patient, one, other in rows if patient in patients and None not in (one, other)
        ]
        differ = sum(one != other for one, other in both)
        assert counted(warehouse, "ipi_difference")["recorded_and_computed", "differ", group] == (
            differ,
            len(both),
        )


def test_records_are_summed_over_their_kinds(warehouse: duckdb.DuckDBPyConnection) -> None:
    kinds = ("raw", "accepted", "duplicate", "superseded", "quarantined")
    rows = rows_of(warehouse, "marts.record_conservation", *(f"n_{kind}" for kind in kinds))
    assert counted(warehouse, "conservation") == {
        ("any", kind, "none"): (sum(row[place] for row in rows), None) for place, kind in enumerate(kinds)
    }


def _numbered(rows: Iterable[Any]) -> Counted:
    return {(*names, "none"): (n, None) for names, n in Counter(map(tuple, rows)).items()}


def test_rejected_and_unreadable_are_counted_by_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    rejected = rows_of(warehouse, "marts.quarantined_records", "entity", "reason")
    nulled = rows_of(warehouse, "marts.nulled_values", "entity", "reason")
    labs = [
        row
        for row in rows_of(warehouse, "marts.lab_results", "analyte", "unusable_reason")
        if row[1] is not None
    ]
    found = counted(warehouse, "quarantined")
    assert found.pop(("any", "records", "none")) == (len(rejected), None)
    assert found.pop(("any", "reasons", "none")) == (len(set(rejected)), None)
    assert found == _numbered(rejected)
    assert counted(warehouse, "nulled_value") == _numbered(nulled)
    assert counted(warehouse, "unusable_lab_result") == _numbered(labs)
    (doses,) = rows_of(
        warehouse, "marts.steroid_exposure where exposure_window = 'total'", "sum(n_unresolved_doses)"
    )
    total = len(nulled) + len(labs) + int(doses[0] or 0)
    assert counted(warehouse, "unreadable") == {("any", "any", "none"): (total, None)}


def test_hints_of_the_laboratory_are_summed(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert counted(warehouse, "unit_warning") == {
        ("ferritin, ug/dL, ng/mL", level, "none"): (n, None)
        for level, n in (
            ("months", 1), ("limits_against", 8), ("limits_compared", 9), ("patients_and_months", 0),
        )
    }  # fmt: skip
    assert counted(warehouse, "copy_warning") == {
        (item, level, "none"): (n, None)
        for item in ("300", "any")
        for level, n in (("patients", 1), ("pairs", 5), ("pairs_on_other_days", 1))
    }


def test_planned_tests_and_printed_figures_are_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    tests = rows_of(warehouse, "results.comparisons", "family", "p_value")
    found = counted(warehouse, "planned_test")
    for family in ("before_index", "after_index", "any"):
        own = [p for one, p in tests if family in (one, "any")]
        assert found[family, "with_p", "none"] == (len(own) - own.count(None), None)
    verdicts = Counter(verdict for (verdict,) in rows_of(warehouse, "results.reported_figures", "verdict"))
    figures = counted(warehouse, "printed_figure")
    total = sum(verdicts.values())
    assert figures["any", "any", "none"] == (total, total)
    for verdict in ("impossible", "differs", "not_applicable"):
        assert figures.get(("any", verdict, "none"), (0, total)) == (verdicts[verdict], total)


def test_effects_on_one_side_are_those_whose_interval_leaves_out_no_difference(
    study: duckdb.DuckDBPyConnection,
) -> None:
    create_tables(study)
    rows = (
        ("above", "rank_sum", 1.0, 2.0, None, None), ("across", "rank_sum", -1.0, 2.0, 0.1, 0.2),
        ("below", "contingency", 1.0, 2.0, 0.1, 0.9), ("open", "contingency", None, None, 0.1, None),
    )  # fmt: skip
    for variable, test, low, high, effect_low, effect_high in rows:
        study.execute(
            "insert into results.comparisons by name select ? as variable, 'before_index' as family, ? as test, "
            "2 as n_responders, 2 as n_non_responders, 0 as n_missing, 0 as n_bounds, 1.0 as effect, "
            "if(test = 'contingency', 'odds ratio', 'rank-biserial') as effect_name, "
            "false as effect_is_infinite, ? as difference_low, ? as difference_high, ? as effect_low, ? as effect_high, "
            "? as label, 'baseline' as section, 1 as display_order",
            [variable, test, low, high, effect_low, effect_high, variable],
        )
    write_counts(study)
    found = counted(study, "planned_test")
    assert found["before_index", "with_effect", "none"] == (4, None)
    assert found["before_index", "interval_on_one_side", "none"] == (2, 4)


@pytest.mark.parametrize(
    ("measure", "relation", "column"),
    [
        ("index_study_day", "marts.cohort", "index_study_day"),
        ("recorded_ipi", "marts.baseline_scores", "recorded_ipi"),
        ("computed_ipi", "marts.baseline_scores", "ipi"),
        ("easix", "marts.baseline_scores", "easix"),
    ],
)
def test_what_is_described_and_not_tested_has_quartiles_of_type_7(
    warehouse: duckdb.DuckDBPyConnection, measure: str, relation: str, column: str
) -> None:
    values = dict(rows_of(warehouse, relation, "patient_id", column))
    for group, patients in members(warehouse).items():
        own = [values[patient] for patient in patients if values.get(patient) is not None]
        found = warehouse.execute(
            "select n, q1, median, q3, min, max from results.cohort_summaries where measure = ? and study_group = ?",
            [measure, group],
        ).fetchone()
        if len(own) < 2 or found is None:
            continue
        assert found[0] == len(own)
        assert found[1:4] == pytest.approx(quantiles(own, n=4, method="inclusive"))
        assert found[4:] == pytest.approx((min(own), max(own)))


def test_a_score_beyond_a_limit_of_an_assay_is_a_bound(study: duckdb.DuckDBPyConnection) -> None:
    create_tables(study)
    study.execute("update marts.baseline_scores set m_easix_censoring = 'left'")
    write_cohort_summaries(study)
    assert study.execute(
        "select distinct certainty from results.cohort_summaries where measure = 'm_easix' and median is not null"
    ).fetchall() == [("at_most",)]
