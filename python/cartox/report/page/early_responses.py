"""How soon the toxicity improved, and what the lymphoma did by the days at which a scan is asked for."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import GROUP_NAMES, GROUPS, Study
from cartox.report.reading import Record
from cartox.report.wording import NOT_APPLICABLE, share

IMPROVEMENTS = "select within_hours from seeds.improvement_windows order by within_hours"
WINDOWS = "select * from seeds.response_window_days order by target_day"
FALLS = {"at_least_1": "one grade or more", "at_least_2": "two grades or more"}
RESPONSE_NAMES = {
    "CR": "complete (CR)", "PR": "partial (PR)", "SD": "stable (SD)", "PD": "progressive (PD)", "NE": "not evaluated (NE)",
}  # fmt: skip


def improvements(study: Study) -> Table | NotApplicable:
    """Count those whose grade fell soon after the index drug began."""
    title = f"Early improvement of {study.toxicity}"
    windows = study.rows(IMPROVEMENTS)
    if not windows:
        return NotApplicable(title, "no time after the first dose is asked for")
    found = study.counts("early_improvement")
    rows = [
        {
            "within": f"{window['within_hours']} hours",
            "fall": label,
            **{group: _share(found.row(f"{window['within_hours']}_hours", fall, group)) for group in GROUPS},
        }
        for window in windows
        for fall, label in FALLS.items()
    ]
    columns = (
        Column("within", f"Within, from the first {study.drug}"),
        Column("fall", "Grade fell by"),
        *(Column(group, GROUP_NAMES[group], True) for group in GROUPS),
    )
    return Table(
        "early_improvement",
        title,
        columns,
        rows,
        "The lowest grade within these hours against the grade at the first dose. A fall that did not last counts too, so "
        "this is no definition of response.",
        notes=(
            "Of patients whose evaluable grades at both times tell; where a grade may have been higher, they may not.",
        ),
        exported=found.rows,
    )


def lymphoma_responses(study: Study) -> Table | NotApplicable:
    """Count the responses of the lymphoma by window and group."""
    title = "Response of the lymphoma"
    windows = study.rows(WINDOWS)
    if not windows:
        return NotApplicable(title, "no day of a scan is asked for")
    found = study.counts("lymphoma_response")
    rows = [
        {
            "window": f"day {window['target_day']} (days {window['first_day']} to {window['last_day']})",
            "response": label,
            **{group: _share(found.row(window["response_window"], response, group)) for group in GROUPS},
        }
        for window in windows
        for response, label in RESPONSE_NAMES.items()
    ]
    columns = (
        Column("window", "Scan nearest to"),
        Column("response", "Response (Lugano 2014)"),
        *(Column(group, GROUP_NAMES[group], True) for group in GROUPS),
    )
    return Table(
        "lymphoma_responses",
        title,
        columns,
        rows,
        notes=("Not evaluated: no scan in the window, before any new therapy, that can be read.",),
        exported=found.rows,
    )


def _share(cell: Record | None) -> str:
    if cell is None:
        return NOT_APPLICABLE
    return traced(share(cell["n"], cell["n_of"], cell["percent"]), "counts", cell, "n")
