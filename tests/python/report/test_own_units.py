"""Differences are printed in the variable's own unit, what was known before apart, and curves with their tests beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median, variance

import duckdb
import pytest

from cartox.report.page.blocks import Figure, Table
from cartox.report.page.charts import GROUND
from cartox.report.page.effects import OWN_EDGE, drawn, effects_section
from cartox.report.page.event_tests import event_tests, follow_up
from cartox.report.page.scores import scores
from cartox.report.page.study import Study
from cartox.report.page.survival import other_survival, survival_figure
from cartox.report.page.table_one import read_table_one
from cartox.report.reading import Record
from cartox.report.wording import difference, number


@pytest.fixture(scope="module")
def study(handmade_file: Path) -> Iterator[Study]:
    """The handmade study with its results."""
    with duckdb.connect(str(handmade_file), read_only=True) as connection:
        yield Study.of(connection)


def _difference(value: float | None, low: float | None, high: float | None, **more: str) -> Record:
    row = {"difference": value, "difference_low": low, "difference_high": high, "difference_unit": "mg"}
    return row | {"certainty": "exact"} | more


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (_difference(80.0, 48.0, 134.0), "80 (48 to 134) mg"),
        (_difference(602.0, 342.0, None, certainty="at_most"), "≤ 602 (342 to ∞) mg"),
        (_difference(None, -3.25, None, certainty="unknown"), "unknown (-3.25 to ∞) mg"),
        (
            _difference(-16.42, -45.94, 13.46, difference_unit="percentage points"),
            "-16.4 (-45.9 to 13.5) points",
        ),
        (_difference(None, None, None, certainty="unknown"), "unknown"),
        (_difference(None, None, None), ""),
    ],
)
def test_a_difference_has_its_unit_its_interval_and_its_certainty(cells: Record, expected: str) -> None:
    assert difference(cells) == expected


@pytest.mark.parametrize(
    ("variable", "column"), [("age_years", "age_years"), ("prior_lines", "prior_lines"), ("ipi", "ipi")]
)
def test_table_one_prints_the_median_of_all_pairwise_differences(
    study: Study, variable: str, column: str
) -> None:
    values = study.connection.execute(
        f"select study_group, {column} from marts.cohort where {column} is not null"
    ).fetchall()
    pairs = [
        x - y
        for group, x in values
        if group == "non_responder"
        for other, y in values
        if other == "responder"
    ]
    (row,) = [row for row in read_table_one(study).rows if row["variable"] == variable]
    assert row["difference"].startswith(f"{number(median(pairs))} (")


def test_table_one_prints_the_difference_in_standard_deviations(study: Study) -> None:
    values = study.connection.execute("select study_group, age_years from marts.cohort").fetchall()
    x, y = ([age for group, age in values if group == wanted] for wanted in ("non_responder", "responder"))
    expected = (mean(x) - mean(y)) / ((variance(x) + variance(y)) / 2) ** 0.5
    rows = read_table_one(study).rows
    (row,) = [row for row in rows if row["variable"] == "age_years"]
    assert row["smd"] == f"{expected:.2f}"
    of_products = [row["smd"] for row in rows if row["variable"] == "product"]
    assert of_products[0] != ""
    assert set(of_products[1:]) == {""}


def test_what_was_known_before_the_index_time_stands_apart(study: Study) -> None:
    rows = read_table_one(study).rows
    family = dict(study.connection.execute("select variable, family from seeds.test_plan").fetchall())
    when = ["before" if family[row["variable"]] == "before_index" else "after" for row in rows]
    assert when == sorted(when, reverse=True)
    assert all(row["section"].lower().startswith(one) for row, one in zip(rows, when, strict=True))
    assert {"before", "after"} == set(when)


def test_an_interval_that_cannot_reach_95_per_cent_says_so(study: Study) -> None:
    short = study.connection.execute(
        "select label, difference_confidence from results.comparisons where difference_confidence < 0.95 order by display_order"
    ).fetchall()
    assert short
    (note,) = [note for note in read_table_one(study).notes if note.startswith("Intervals that reach less")]
    assert all(f"{label} {100 * confidence:.1f} %" in note for label, confidence in short)


def test_a_difference_is_drawn_on_its_own_scale() -> None:
    """By hand: the widest end of -2.9, -1.7, -0.3 is 2.9 away from no difference."""
    row = {
        "label": "Hemoglobin", "effect_name": "rank-biserial", "is_infinite": False, "p_value": 0.01, "p_bh": 0.05,
        "n_responders": 31, "n_non_responders": 11, "difference": -1.7, "difference_low": -2.9, "difference_high": -0.3,
        "difference_unit": "g/dL", "certainty": "exact",
    }  # fmt: skip
    shown = drawn(row, 0.0, -OWN_EDGE, OWN_EDGE)
    assert [shown[key] for key in ("low", "point", "high")] == pytest.approx([-1.0, -1.7 / 2.9, -0.3 / 2.9])
    assert (shown["series"], shown["is_point"], shown["arrow"]) == ("lower", True, "")
    unknown = drawn(row | {"difference": None, "difference_high": None}, 0.0, -OWN_EDGE, OWN_EDGE)
    assert (unknown["is_point"], unknown["high"], unknown["series"]) == (False, OWN_EDGE, "open")


def test_no_line_crosses_a_label_of_the_forest_plot(study: Study) -> None:
    """Every text over the lines is written twice: first on a ground that hides what is under it."""
    figures = [block for block in effects_section(study).blocks if isinstance(block, Figure)]
    panels = [panel for figure in figures for panel in figure.panels]
    assert {panel.name for panel in panels} >= {"effects_difference", "effects_odds_ratio"}
    for panel in panels:
        texts = [layer for layer in panel.spec["layer"] if layer["mark"]["type"] == "text"]
        grounds = [text for text in texts if GROUND.items() <= text["mark"].items()]
        assert len(texts) == 2 * len(grounds) == 4


def test_every_test_of_the_curves_is_listed(study: Study) -> None:
    found = study.connection.execute("select count(*) from results.event_tests").fetchone()
    table = event_tests(study)
    assert isinstance(table, Table)
    assert (len(table.rows),) == found
    assert {row["test"] for row in table.rows} >= {"Gray", "log-rank"}


def test_the_biased_curve_stands_beside_those_from_the_landmarks(study: Study) -> None:
    figure, other = survival_figure(study), other_survival(study)
    assert isinstance(figure, Figure)
    assert isinstance(other, Figure)
    titles = {panel.name: panel.title for panel in figure.panels}
    assert list(titles) == ["survival_from_last_study_day", "survival_from_index"]
    assert [panel.name for panel in other.panels] == ["survival", "survival_from_latest_assessment"]
    assert [name for name, title in titles.items() if "biased" in title] == ["survival_from_index"]
    assert all(row["n_at_risk"] > 0 for panel in (*figure.panels, *other.panels) for row in panel.rows)


def test_follow_up_is_told_for_all_and_by_era(study: Study) -> None:
    table = follow_up(study)
    assert isinstance(table, Table)
    followed = study.connection.execute(
        "select count(*), count(*) filter (where era = 'before'), count(*) filter (where era = 'from') "
        "from marts.treated_patients where coalesce(died_on, last_contact_on) >= cast(infused_at as date)"
    ).fetchone()
    assert tuple(int(row["n"]) for row in table.rows) == followed


def test_both_indices_stand_beside_each_other(study: Study) -> None:
    table = scores(study)
    assert [row["score"] for row in table.rows][:2] == [
        "International Prognostic Index, as recorded",
        "International Prognostic Index, from its components",
    ]
    assert any("differ in " in note for note in table.notes)
