"""Which planned tests are adjusted together: those of what was known before the index time, those of what came after."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.python.results.handmade_study import build_short

AFTER = {
    "peak_icans_grade_4",
    "peak_crs_grade_3_4",
    "any_steroids_after_index",
    "steroids_after_index",
    "steroids_total",
    "auc_crp",
    "auc_ferritin",
    "auc_ldh",
}


def _families(study: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    return dict(study.execute("select variable, family from results.comparisons").fetchall())


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        ({}, {"peak_icans_grade_4"}),
        ({"index_drug": "tocilizumab", "index_toxicity": "CRS"}, {"peak_crs_grade_3_4"}),
        (
            {"response_definition": "resolved_without_rescue"},
            {"peak_icans_grade_4", "any_steroids_after_index", "steroids_after_index", "steroids_total"},
        ),
    ],
)
def test_what_shares_its_definition_with_the_outcome_belongs_to_no_family(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, changes: dict[str, str], shared: set[str]
) -> None:
    build_short(study, tmp_path, **changes)
    families = _families(study)
    assert {variable for variable, family in families.items() if family is None} == shared
    assert {variable for variable, family in families.items() if family == "after_index"} == AFTER - shared
    assert set(families.values()) == {"before_index", "after_index", None}
    adjusted = study.execute(
        "select variable from results.comparisons where family is null and coalesce(p_bh, p_holm) is not null"
    ).fetchall()
    assert adjusted == []


def test_tests_of_the_course_do_not_touch_what_was_known_before(
    study: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    asked = (
        "select variable, p_bh, p_holm from results.comparisons where family = 'before_index' order by all"
    )
    build_short(study, tmp_path)
    with_course = study.execute(asked).fetchall()
    study.execute("update seeds.test_plan set family = null where family = 'after_index'")
    build_short(study, tmp_path)
    assert study.execute(asked).fetchall() == with_course
    assert len(with_course) == 21


def test_the_outcome_is_in_no_family(study: duckdb.DuckDBPyConnection) -> None:
    bare = study.execute("select variable from seeds.test_plan where family is null").fetchall()
    assert bare == [("responder",)]


def test_a_family_that_is_none_is_an_error(study: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    study.execute("update seeds.test_plan set family = 'before' where variable = 'age_years'")
    with pytest.raises(ValueError, match="age_years: family is none of before_index, after_index"):
        build_short(study, tmp_path)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("log_rank", "age_years: test is none of rank_sum, contingency, none"),
        ("contingency", "age_years: a contingency is for a variable that is binary or categorical"),
    ],
)
def test_a_test_that_does_not_fit_is_an_error(
    study: duckdb.DuckDBPyConnection, tmp_path: Path, test: str, said: str
) -> None:
    study.execute("update seeds.test_plan set test = ? where variable = 'age_years'", [test])
    with pytest.raises(ValueError, match=said):
        build_short(study, tmp_path)
