"""The figures that the study printed, beside what the records give."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.printed_figures import why_none_applies
from cartox.report.reading import Counts, Record, counts, records
from cartox.report.wording import plural
from cartox.terminal import heading, sentence

MOST_SHOWN = 12
VERDICTS = {
    "any_reproduced": "reproduced",
    "impossible": "impossible",
    "differs": "differing",
    "not_applicable": "not applicable",
}
STYLES = {"reproduced": "yellow", "impossible": "red", "differs": "red"}


def show_reported_figures(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print how many figures are reproduced, and why the others are not."""
    heading(console, "Figures that the study printed")
    figures = records(connection, "select * from results.reported_figures order by figure_order")
    if not figures:
        sentence(console, "None are on record.")
        return
    counted = counts(connection, "printed_figure")
    none_applies = why_none_applies(figures)
    if none_applies:
        sentence(console, f"{plural(counted.n(), 'figure')} not applicable: {none_applies}.")
        return
    sentence(console, f"Of {plural(counted.n(), 'figure')}: {told_by_verdict(counted)}.")
    against_rule = counted.n(level="reproduced_against_rule")
    if against_rule:
        sentence(console, f"{against_rule} reproduced only by a test other than the study's own rule.")
    shown = [figure for figure in figures if _is_notable(figure)]
    for figure in shown[:MOST_SHOWN]:
        mark = "reproduced against the rule" if figure["verdict"] == "reproduced" else figure["verdict"]
        sentence(console, f"{mark}: {_title(figure)}", style=STYLES[figure["verdict"]])
        sentence(console, f"  {figure['explanation']}")
    if len(shown) > MOST_SHOWN:
        sentence(console, "... and more in results.reported_figures.")


def told_by_verdict(counted: Counts) -> str:
    """Say how many figures have each verdict, those that none has left out."""
    told = {said: counted.n(level=verdict) for verdict, said in VERDICTS.items()}
    return ", ".join(f"{count} {said}" for said, count in told.items() if count)


def _is_notable(figure: Record) -> bool:
    return figure["verdict"] in ("impossible", "differs") or figure["follows_rule"] is False


def _title(figure: Record) -> str:
    value = f"{figure['reported']:.{figure['decimals']}f}"
    printed = {"p_value": f"p = {value}", "p_value_below": f"p < {value}"}.get(
        figure["statistic"], f"{figure['statistic']} {value} {figure['unit'] or ''}".strip()
    )
    return f"{figure['description']} ({figure['study_group']}), {printed}"
