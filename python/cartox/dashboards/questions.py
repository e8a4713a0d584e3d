"""The commonest questions and how each is drawn; their queries are those of analysis/bi, which docs/bi.md shows too."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from cartox.errors import UserError
from cartox.project import find_project

DASHBOARD = "CAR-T toxicity"
NOTES = (
    "Patients of one institution: these charts count few and stay inside it. "
    "An `at_least` and a lower bound are no exact values; a day without a grade or a value is no zero."
)
"""What stands above the charts, whatever the tool."""

TABLE, BARS, LINES = "table", "bars", "lines"
_QUERIES = ("analysis", "bi")
_COMMENT = re.compile(r"\A(?:--.*\n)+")


@dataclass(frozen=True)
class Chart:
    """How the answer to a question is drawn.

    `question` is a file of analysis/bi; a table shows the columns `values` in this order; bars and lines show them over
    `x`, a set for each value of `series`. The answer has one row for each x and series.
    """

    question: str
    title: str
    kind: str
    values: tuple[str, ...]
    x: str | None = None
    series: str | None = None


CHARTS = (
    Chart(
        "treated_by_product",
        "Treated, in the cohort and responders, by product",
        BARS,
        ("n_treated", "n_cohort", "n_responders", "n_not_evaluable"),
        x="product",
    ),
    Chart(
        "patients_left_by_step",
        "The step at which patients left",
        TABLE,
        ("step_number", "step", "n_excluded", "n_remaining"),
    ),
    Chart(
        "toxicity_by_study_day",
        "Patients assessed and with grade 3 or more, by study day",
        BARS,
        ("n_assessed", "n_grade_3_or_more"),
        x="study_day",
        series="toxicity",
    ),
    Chart(
        "steroids_by_window",
        "Dexamethasone equivalent (mg) before and after the index time",
        TABLE,
        ("study_group", "exposure_window", "n_patients", "median_mg", "n_not_exact"),
    ),
    Chart(
        "measured_crp_by_study_day",
        "Median CRP (mg/l) of measured days",
        LINES,
        ("median_crp_mg_l",),
        x="study_day",
        series="study_group",
    ),
    Chart(
        "measured_crp_by_study_day",
        "Patients with a measured CRP, and lower bounds among them",
        BARS,
        ("n_measured", "n_lower_bounds"),
        x="study_day",
        series="study_group",
    ),
)


def read_query(question: str) -> str:
    """Return the SQL of a question as it stands, without the comments at its head."""
    file = find_project().joinpath(*_QUERIES, f"{question}.sql")
    return _COMMENT.sub("", file.read_text(encoding="utf-8")).strip()


def answer_columns(connection: duckdb.DuckDBPyConnection, question: str) -> list[tuple[str, str]]:
    """Return name and DuckDB type of each column of a question's answer on this published file.

    Raises UserError where the file has not what the question reads.
    """
    try:
        described = connection.execute(f"describe {read_query(question)}").fetchall()
    except duckdb.Error as error:
        raise UserError(
            f"{question}: this warehouse has not the tables of this version of cartox; cartox run makes them"
        ) from error
    return [(name, kind) for name, kind, *_ in described]
