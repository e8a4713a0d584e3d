"""Each rule decides a figure: take it away, and the figure named here is no longer what the study printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import pytest

from tests.python.study.conftest import RunStudy
from tests.spec.compiled_project import Rewrite

pytestmark = pytest.mark.xdist_group("study")


def without(text: str, instead: str = "") -> Rewrite:
    return lambda sql: sql.replace(text, instead)


@dataclass(frozen=True)
class Removal:
    """A rule taken away, and the figures that then differ, or the rows of a mart where no figure does."""

    rule: str
    differing: tuple[str, ...] = ()
    moved: str = ""
    rewrites: Mapping[str, Rewrite] = field(default_factory=dict)
    seed_edits: Mapping[str, str] = field(default_factory=dict)


def unit(analyte: str, name: str) -> Mapping[str, str]:
    return {"lab_units": f"delete from seeds.lab_units where analyte = '{analyte}' and name = '{name}'"}


def local_route(route: str) -> Mapping[str, str]:
    return {"routes": f"update seeds.routes set is_systemic = true where route = '{route}'"}


REMOVALS = (
    Removal("unit: CRP in mg/dL", ("crp_median_responders", "crp_p"), seed_edits=unit("crp", "mg/dl")),
    Removal("unit: ferritin in pmol/L", ("ferritin_p",), seed_edits=unit("ferritin", "pmol/l")),
    Removal("unit: hemoglobin in g/L", ("hemoglobin_p",), seed_edits=unit("hemoglobin", "g/l")),
    Removal("unit: LDH in µkat/L", ("ldh_p",), seed_edits=unit("ldh", "ukat/l")),
    Removal("route: eye drops", ("steroids_before_pct",), seed_edits=local_route("ophthalmic")),
    Removal("route: creams", ("steroids_before_pct",), seed_edits=local_route("topical")),
    Removal("route: inhalers", ("steroids_before_pct",), seed_edits=local_route("inhaled")),
    Removal("route: intrathecal", ("steroids_before_pct",), seed_edits=local_route("intrathecal")),
    Removal(
        "depot forms",
        ("steroids_before_median",),
        seed_edits={"words_depot_forms": "delete from seeds.words_depot_forms"},
    ),
    Removal(
        "censoring: a bound is a value",
        ("crp_median_responders", "ferritin_auc_median_non_responders"),
        rewrites={"int_labs__read": without("'^(?:[<>]=?)?\\s*(", "'^\\s*(")},
    ),
    Removal(
        "held status: steroids",
        ("steroids_before_pct", "steroids_after_median"),
        rewrites={
            "int_exposure__administrations": without("('given', 'ordered')", "('given', 'ordered', 'held')"),
            "int_exposure__dose_events": without(
                "judged.status = 'given'", "judged.status in ('given', 'held')"
            ),
        },
    ),
    Removal(
        "held status: index drug",
        ("cohort_n", "responders_n"),
        rewrites={"int_cohort__index_time": without("status = 'given'", "status in ('given', 'held')")},
    ),
    Removal(
        "specimen",
        ("ldh_p", "ferritin_median_non_responders"),
        seed_edits={"specimens": "update seeds.specimens set is_blood = true"},
    ),
    Removal(
        "hemolysis",
        ("ldh_p", "ldh_auc_median_non_responders"),
        seed_edits={"analytes": "update seeds.analytes set is_hemolysis_sensitive = false"},
    ),
    Removal(
        "deduplication",
        ("steroids_before_median", "steroids_after_max"),
        rewrites={
            "int_medication_administrations__all": without(
                "when repeated.verdict in ('duplicate', 'superseded') then repeated.verdict"
            )
        },
    ),
    Removal(
        "grading from components",
        ("responders_n", "crs_g34_at_anakinra_pct"),
        rewrites={
            "int_toxicity__graded_assessments": lambda sql: sql.replace(
                "when is_complete then bound", "when is_complete then heard_grade"
            ).replace("when is_day_complete then day_bound", "when is_day_complete then heard_grade")
        },
    ),
    Removal(
        "fever waived after therapy",
        moved="select patient_id, study_day, grade from marts.toxicity_days where toxicity = 'CRS' order by all",
        seed_edits={"drug_class_roles": "update seeds.drug_class_roles set waives_fever = false"},
    ),
    Removal(
        "6 L/min is low flow",
        ("crs_g34_peak_pct_responders",),
        seed_edits={
            "crs_component_grades": "update seeds.crs_component_grades set above = 5.9 where above = 6"
        },
    ),
    Removal(
        "sedation",
        ("icans_g4_peak_pct_responders",),
        rewrites={"int_toxicity__icans_grades": without("not judged.is_sedated", "true")},
    ),
    Removal(
        "an order counts nothing where its dose was given",
        ("steroids_before_median",),
        rewrites={
            "int_exposure__silent_orders": without(
                "orders.listens_until >= charted_rows.started_at", "false"
            ),
            "int_exposure__charted_days": lambda sql: f"select * from ({sql}) where false",
        },
    ),
    Removal(
        "day 0 carried from before infusion",
        ("crp_auc_median_non_responders",),
        rewrites={"int_labs__points": without("where daily.patient_id is null", "where false")},
    ),
)


def verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(connection.execute("select figure_id, verdict from results.reported_figures").fetchall())


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.rule)
def test_without_the_rule_the_figure_differs(
    run_study: RunStudy, study: duckdb.DuckDBPyConnection, removal: Removal
) -> None:
    kept = verdicts(study)
    ran = run_study(removal.rewrites, removal.seed_edits)
    found = verdicts(ran)
    assert removal.differing or removal.moved
    if removal.moved:
        assert study.execute(removal.moved).fetchall() != ran.execute(removal.moved).fetchall()
    for figure in removal.differing:
        assert kept[figure] == "reproduced"
        assert found[figure] == "differs", figure


def test_without_supersession_a_corrected_result_is_lost(
    run_study: RunStudy, study: duckdb.DuckDBPyConnection
) -> None:
    counts = "select n_superseded, n_quarantined from marts.record_conservation where entity = 'lab_results'"
    kept = study.execute(counts).fetchone()
    found = (
        run_study({"int_lab_results__all": without("when has_latest_correction = 1 then 'superseded'")})
        .execute(counts)
        .fetchone()
    )
    assert kept is not None
    assert found is not None
    assert kept[0] > 0
    assert found[0] == 0
    assert found[1] >= kept[1] + kept[0]
