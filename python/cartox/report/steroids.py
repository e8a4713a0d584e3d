"""Glucocorticoids that the cohort was given."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.reading import records
from cartox.report.wording import NOT_APPLICABLE, number, share
from cartox.terminal import heading, new_table, print_table, sentence

WINDOWS = """
select
    dose.label,
    dose.median,
    dose.min,
    dose.max,
    dose.not_applicable,
    anybody.count,
    anybody.n,
    anybody.percent
from results.descriptives as dose
left join results.descriptives as anybody
    on
        anybody.variable = 'any_' || dose.variable
        and anybody.level = 'yes'
        and anybody.study_group = dose.study_group
where dose.section = 'steroids' and dose.kind = 'continuous' and dose.study_group = 'all'
order by dose.display_order
"""
LOWER_BOUNDS = """
select count(*) as n_patients
from marts.steroid_exposure
where
    exposure_window = 'total'
    and is_lower_bound
    and patient_id in (select patient_id from marts.cohort)
"""


def show_steroids(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the cumulative dexamethasone equivalent of the cohort by window."""
    heading(console, "Glucocorticoids of the cohort")
    table = new_table("cumulative, mg", "given to", "median", "range")
    for window in records(connection, WINDOWS):
        spread = f"{number(window['min'])}-{number(window['max'])}"
        table.add_row(
            window["label"],
            share(window["count"], window["n"], window["percent"]) if window["n"] is not None else "",
            number(window["median"]),
            NOT_APPLICABLE if window["not_applicable"] else spread,
        )
    print_table(console, table)
    for found in records(connection, LOWER_BOUNDS):
        if found["n_patients"]:
            sentence(
                console,
                f"In {found['n_patients']} of them the true dose may be higher: there are doses without a "
                "usable amount, or orders without a frequency.",
            )
