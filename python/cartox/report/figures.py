"""The figures that the study printed, beside what the records give."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from rich.console import Console

from cartox.report.printed_figures import why_none_applies
from cartox.report.reading import Record, records
from cartox.report.wording import plural
from cartox.terminal import heading, sentence

MOST_SHOWN = 12
VERDICTS = {
    "reproduced": "reproduced",
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
    none_applies = why_none_applies(figures)
    if none_applies:
        sentence(console, f"{plural(len(figures), 'figure')} not applicable: {none_applies}.")
        return
    sentence(console, f"Of {plural(len(figures), 'figure')}: {told_by_verdict(figures)}.")
    against_rule = sum(figure["follows_rule"] is False for figure in figures)
    if against_rule:
        sentence(console, f"{against_rule} reproduced only by a test other than the study's own rule.")
    shown = [figure for figure in figures if _is_notable(figure)]
    for figure in shown[:MOST_SHOWN]:
        mark = "reproduced against the rule" if figure["verdict"] == "reproduced" else figure["verdict"]
        sentence(console, f"{mark}: {_title(figure)}", style=STYLES[figure["verdict"]])
        sentence(console, f"  {figure['explanation']}")
    if len(shown) > MOST_SHOWN:
        sentence(console, f"... and {len(shown) - MOST_SHOWN} more in results.reported_figures.")


def told_by_verdict(figures: Sequence[Record]) -> str:
    """Say how many figures have each verdict, those that none has left out."""
    counts = {verdict: sum(figure["verdict"] == verdict for figure in figures) for verdict in VERDICTS}
    return ", ".join(f"{count} {VERDICTS[verdict]}" for verdict, count in counts.items() if count)


def _is_notable(figure: Record) -> bool:
    return figure["verdict"] in ("impossible", "differs") or figure["follows_rule"] is False


def _title(figure: Record) -> str:
    value = f"{figure['reported']:.{figure['decimals']}f}"
    printed = {"p_value": f"p = {value}", "p_value_below": f"p < {value}"}.get(
        figure["statistic"], f"{figure['statistic']} {value} {figure['unit'] or ''}".strip()
    )
    return f"{figure['description']} ({figure['study_group']}), {printed}"
