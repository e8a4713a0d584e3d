"""How soon the toxicity improved, and what the lymphoma did by the days at which a scan is asked for."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import GROUP_NAMES, GROUPS, Study
from cartox.report.reading import Record
from cartox.report.wording import share

IMPROVEMENTS = """
select
    improvements.within_hours,
    fall.n_grades,
    patients.study_group,
    count(improvements.grades_fallen) as n_evaluable,
    count(*) filter (where improvements.grades_fallen >= fall.n_grades) as n_improved
from marts.improvements as improvements
inner join report_patients as patients on improvements.patient_id = patients.patient_id
cross join (values (1), (2)) as fall (n_grades)
group by all
order by improvements.within_hours, fall.n_grades, patients.study_group
"""
RESPONSES = """
with counted as (
    select
        patients.study_group, responses.response_window, responses.response, count(*) as n_patients
    from marts.response_windows as responses
    inner join report_patients as patients on responses.patient_id = patients.patient_id
    group by all
)

select
    counted.*,
    sum(counted.n_patients) over (partition by counted.study_group, counted.response_window)::bigint as n_in_group,
    windows.target_day, windows.first_day, windows.last_day
from counted
inner join seeds.response_window_days as windows on counted.response_window = windows.response_window
order by windows.target_day, counted.response, counted.study_group
"""
FALLS = {1: "one grade or more", 2: "two grades or more"}
RESPONSE_NAMES = {
    "CR": "complete (CR)", "PR": "partial (PR)", "SD": "stable (SD)", "PD": "progressive (PD)", "NE": "not evaluated (NE)",
}  # fmt: skip


def improvements(study: Study) -> Table | NotApplicable:
    """Count those whose grade fell soon after the index drug began."""
    title = f"Early improvement of {study.toxicity}"
    found = study.rows(IMPROVEMENTS)
    if not found:
        return NotApplicable(title, "no time after the first dose is asked for")
    cells = {(row["within_hours"], row["n_grades"], row["study_group"]): row for row in found}
    rows = [
        {
            "within": f"{hours} hours",
            "fall": FALLS[n_grades],
            **{group: _improved(cells.get((hours, n_grades, group))) for group in GROUPS},
        }
        for hours, n_grades in dict.fromkeys((row["within_hours"], row["n_grades"]) for row in found)
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
        notes=("Of patients with an evaluable grade at both times.",),
        exported=found,
    )


def lymphoma_responses(study: Study) -> Table | NotApplicable:
    """Count the responses of the lymphoma by window and group."""
    title = "Response of the lymphoma"
    found = study.rows(RESPONSES)
    if not found:
        return NotApplicable(title, "no day of a scan is asked for")
    cells = {(row["response_window"], row["response"], row["study_group"]): row for row in found}
    sizes = {(row["response_window"], row["study_group"]): row["n_in_group"] for row in found}
    windows = {row["response_window"]: row for row in found}
    rows = [
        {
            "window": f"day {window['target_day']} (days {window['first_day']} to {window['last_day']})",
            "response": label,
            **{
                group: _responded(cells.get((name, response, group)), sizes.get((name, group)))
                for group in GROUPS
            },
        }
        for name, window in windows.items()
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
        exported=found,
    )


def _improved(cell: Record | None) -> str:
    return _share(cell["n_improved"] if cell else None, cell["n_evaluable"] if cell else None)


def _responded(cell: Record | None, total: int | None) -> str:
    return _share(cell["n_patients"] if cell else 0, total)


def _share(count: int | None, total: int | None) -> str:
    return share(count, total, 100 * count / total if count is not None and total else None)
