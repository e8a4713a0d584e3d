"""Glucocorticoids that the cohort was given."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.reading import records
from cartox.report.wording import NOT_APPLICABLE, quantile, share
from cartox.terminal import heading, new_table, print_table, sentence

WINDOWS = """
select
    dose.*,
    anybody.count as n_given,
    anybody.n as n_known,
    anybody.percent as percent_given,
    anybody.certainty as given_certainty
from results.descriptives as dose
left join results.descriptives as anybody
    on
        'any_' || dose.variable = anybody.variable
        and dose.study_group = anybody.study_group
        and anybody.level = 'yes'
where dose.section = 'steroids' and dose.kind = 'continuous' and dose.study_group = 'all'
order by dose.display_order
"""


def show_steroids(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the cumulative dexamethasone equivalent of the cohort by window."""
    heading(console, "Glucocorticoids of the cohort")
    table = new_table("cumulative, mg", "given to", "median", "range")
    more = 0
    for window in records(connection, WINDOWS):
        given = share(
            window["n_given"], window["n_known"], window["percent_given"], window["given_certainty"]
        )
        table.add_row(
            window["label"],
            given if window["n_known"] is not None else "",
            NOT_APPLICABLE if window["not_applicable"] else quantile(window, "median"),
            NOT_APPLICABLE
            if window["not_applicable"]
            else f"{quantile(window, 'min')} to {quantile(window, 'max')}",
        )
        more = max(more, window["n_bounds"])
    print_table(console, table)
    if more:
        sentence(console, lower_bounds(more))


def lower_bounds(n_patients: int) -> str:
    """Say of how many patients the true dose may be higher, and why."""
    return (
        f"In {n_patients} of them the true dose may be higher: there are doses without a usable amount, or orders without a "
        "frequency."
    )
