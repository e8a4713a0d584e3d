"""What became of the cohort: time to resolution with death competing, what counts as resolved, and survival."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.report.page.blocks import Column, Figure, NotApplicable, Panel, Section, Series, Table, Words
from cartox.report.page.curves import curve_rows, curve_spec
from cartox.report.page.early_responses import improvements, lymphoma_responses
from cartox.report.page.event_times import Step, at_day, cumulative_incidence, survival
from cartox.report.page.study import GROUP_COLOURS, GROUP_NAMES, GROUPS, Study, words
from cartox.report.reading import Record
from cartox.report.wording import interval, number, plural
from cartox.statistics import proportion

RESOLVED, DIED = 1, 2
DAYS_PER_MONTH = 365.25 / 12
TIMES = """
with last_assessments as (
    select patient_id, max(study_day) filter (where is_evaluable) as study_day
    from marts.toxicity_days
    where toxicity = '{toxicity}'
    group by patient_id
)

select
    cohort.study_group,
    cast(cohort.toxicity_resolved_at as date) - cast(cohort.index_started_at as date) as resolved_after,
    treated.died_on - cast(cohort.index_started_at as date) as died_after,
    greatest(coalesce(last_assessments.study_day, 0) - cohort.index_study_day, 0) as assessed_until,
    treated.last_contact_on - cast(cohort.index_started_at as date) as seen_until,
    {last_day} - cohort.index_study_day as last_day_after
from marts.cohort as cohort
inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
left join last_assessments on cohort.patient_id = last_assessments.patient_id
order by all
"""
DEFINITIONS = """
select
    labels.definition,
    any_value(definitions.description) as description,
    count(*) as n_patients,
    count(*) filter (where labels.is_responder) as n_responders,
    count(*) filter (where labels.is_responder is distinct from (patients.study_group = 'responder')) as n_changed,
    count(*) filter (where labels.is_dead_unresolved) as n_dead_unresolved
from marts.response_labels as labels
inner join report_patients as patients on labels.patient_id = patients.patient_id
left join seeds.response_definitions as definitions on labels.definition = definitions.definition
group by labels.definition
order by n_changed, labels.definition
"""
LANDMARKS = (7, 14, 21)


def outcomes_section(study: Study) -> Section:
    """Estimate from the index time on."""
    title = "Resolution and survival"
    if study.empty_cohort:
        blocks = tuple(
            NotApplicable(name, study.empty_cohort)
            for name in (
                "Time to resolution",
                "Definitions of response",
                "Early improvement",
                "Response of the lymphoma",
                "Survival",
            )
        )
        return Section("outcomes", title, blocks)
    toxicity = study.toxicity.replace("'", "''")
    times = study.rows(TIMES.format(last_day=study.last_day, toxicity=toxicity))
    caution = (
        f"Patients must live to see their {study.toxicity} resolve, so responders could not die before they became "
        "responders (guarantee time). From the first dose on, their survival therefore looks better than it is. The "
        f"curves by group start on study day {study.last_day}, when everybody's group is settled, with those who "
        "were alive and followed then."
    )
    blocks_made = (
        _resolution(study, times),
        _definitions(study, times),
        improvements(study),
        lymphoma_responses(study),
        Words((caution,), is_caution=True),
        _survival(study, times),
    )
    return Section("outcomes", title, blocks_made)


def resolution_times(times: Sequence[Record]) -> tuple[list[float], list[int]]:
    """Return days from the index time and what ended them: 1 resolution, 2 death within the study's days, 0 neither.

    Those alive and unresolved are censored on the day of their last evaluable assessment.
    """
    days: list[float] = []
    events: list[int] = []
    for row in times:
        if row["resolved_after"] is not None:
            days.append(row["resolved_after"])
            events.append(RESOLVED)
        elif row["died_after"] is not None and row["died_after"] <= row["last_day_after"]:
            days.append(row["died_after"])
            events.append(DIED)
        else:
            days.append(row["assessed_until"])
            events.append(0)
    return days, events


def survival_times(times: Sequence[Record], from_last_day: bool) -> tuple[list[float], list[bool]]:
    """Return days to death or last contact, from the index time or from the last study day on.

    Counted from the last study day, patients who died or were lost before it are left out, as are patients
    without a date of death or last contact in either case.
    """
    days: list[float] = []
    died: list[bool] = []
    for row in times:
        end = row["died_after"] if row["died_after"] is not None else row["seen_until"]
        start = row["last_day_after"] if from_last_day else 0
        if (
            end is not None
            and end >= start
            and not (from_last_day and end == start and row["died_after"] is not None)
        ):
            days.append(end - start)
            died.append(row["died_after"] is not None)
    return days, died


def _resolution(study: Study, times: Sequence[Record]) -> Figure:
    days, events = resolution_times(times)
    end = float(max(row["last_day_after"] for row in times))
    steps = {
        "resolved": cumulative_incidence(days, events, RESOLVED),
        "died": cumulative_incidence(days, events, DIED),
    }
    series = (
        Series("resolved", f"{study.toxicity} resolved", "responder", "band"),
        Series("died", f"died unresolved by study day {study.last_day}", "non-responder", "band"),
    )
    rows = curve_rows(steps, dict.fromkeys(steps, max(days)))
    spec = curve_spec(rows, series, end, f"days from the first dose of {study.drug}")
    shares = [f"{_percent(at_day(steps['resolved'], day))} by day {day}" for day in LANDMARKS if day <= end]
    half = next((step.day for step in steps["resolved"] if step.estimate >= 0.5), None)
    half_text = (
        f"Half had resolved by day {number(half)}." if half is not None else "Less than half resolved."
    )
    n_died = sum(event == DIED for event in events)
    sentence = (
        f"{study.toxicity} resolved in {'; '.join(shares)} from the first dose of {study.drug}. {half_text} "
        f"{plural(n_died, 'patient', 'patients')} died before it resolved, by study day {study.last_day}; "
        f"{plural(events.count(0), 'patient', 'patients')} alive and unresolved when last assessed."
    )
    numbers = [
        {
            "day": day,
            "resolved": _percent(at_day(steps["resolved"], day)),
            "died": _percent(at_day(steps["died"], day)),
            "n_at_risk": sum(time >= day for time in days),
        }
        for day in (0, *LANDMARKS)
        if day <= end
    ]
    columns = (
        Column("day", "Day", True),
        Column("resolved", "Resolved (95 % interval)", True),
        Column("died", "Died unresolved (95 % interval)", True),
        Column("n_at_risk", "At risk", True),
    )
    return Figure(
        name="resolution",
        title=f"Time to resolution of {study.toxicity}",
        description="Cumulative incidence of resolution and of death without it, from the first dose on.",
        sentence=sentence,
        panels=(Panel("resolution", "Cumulative incidence, death competing", spec, rows),),
        series=series,
        notes=(
            "Aalen-Johansen estimate with 95 % intervals on the complementary log-log scale; the alive and unresolved "
            "are censored at their last evaluable assessment. There is no group without the drug: how many would have "
            "resolved anyhow cannot be read from it.",
        ),
        numbers=Table("resolution", "Cumulative incidence", columns, numbers, exported=rows),
    )


def _definitions(study: Study, times: Sequence[Record]) -> Table:
    rows: list[Record] = []
    for row in study.rows(DEFINITIONS):
        share = proportion(row["n_responders"], row["n_patients"])
        ends = interval(
            None if share.low is None else 100 * share.low, None if share.high is None else 100 * share.high
        )
        percent = 100 * row["n_responders"] / row["n_patients"]
        is_own = row["definition"] == study.variable("response_definition")
        rows.append(
            row
            | {
                "name": words(row["definition"]) + (" (the study's)" if is_own else ""),
                "description": row["description"] or "",
                "responders": f"{row['n_responders']} of {row['n_patients']}, {percent:.1f} % ({ends})",
                "percent": percent,
                "percent_low": share.low and 100 * share.low,
                "percent_high": share.high and 100 * share.high,
            }
        )
    n_early = resolution_times(times)[1].count(DIED)
    changed = max((row["n_changed"] for row in rows), default=0)
    columns = (
        Column("name", "Definition"),
        Column("description", "Resolved means"),
        Column("responders", "Responders (95 % interval)", True),
        Column("n_changed", "Labels that change", True),
        Column("n_dead_unresolved", "Died unresolved, at any time", True),
    )
    return Table(
        name="response_definitions",
        title="What counts as a response",
        columns=columns,
        rows=rows,
        sentence=f"There is no agreed definition of resolution. Under the {len(rows)} definitions tried, up to {changed} "
        f"of {study.n_cohort} patients change their label.",
        notes=(
            "Intervals: Clopper-Pearson.",
            "Died unresolved, at any time: all deaths of follow-up among those who are no responders under that definition. "
            f"The curve above counts those by study day {study.last_day} under the study's definition, {n_early}.",
        ),
    )


def _survival(study: Study, times: Sequence[Record]) -> Figure | NotApplicable:
    days, died = survival_times(times, from_last_day=False)
    if not days:
        return NotApplicable("Survival", "no patient of the cohort has a date of death or of last contact")
    overall = {"all": survival(days, died)}
    by_group: dict[str, list[Step]] = {}
    group_sizes = {}
    ends: dict[str, float] = {}
    for group in GROUPS:
        later, deaths = survival_times([row for row in times if row["study_group"] == group], True)
        group_sizes[group] = len(later)
        if later:
            by_group[group] = survival(later, deaths)
            ends[group] = max(later)
    end = float(max(days))
    series = (
        Series("all", "whole cohort", "neutral", "band"),
        *(Series(group, GROUP_NAMES[group], GROUP_COLOURS[group], "band") for group in GROUPS),
    )
    rows, later_rows = curve_rows(overall, {"all": end}), curve_rows(by_group, ends)
    panels = [
        Panel(
            "survival",
            f"Whole cohort, from the first dose of {study.drug}",
            curve_spec(rows, series[:1], end, "months from the first dose", DAYS_PER_MONTH),
            rows,
        )
    ]
    if by_group:
        spec = curve_spec(
            later_rows, series[1:], end, f"months from study day {study.last_day}", DAYS_PER_MONTH
        )
        panels.append(
            Panel("survival_by_group", f"By group, from study day {study.last_day}", spec, later_rows)
        )
    at_year = at_day(overall["all"], 365)
    sentence = (
        f"{plural(sum(died), 'patient', 'patients')} of {len(days)} died at any time of follow-up. "
        + (f"Alive one year after the first dose: {_percent(at_year)}. " if end >= 365 else "")
        + f"Followed beyond study day {study.last_day}: "
        + " and ".join(f"{group_sizes[group]} {GROUP_NAMES[group].lower()}" for group in GROUPS)
        + "."
    )
    numbers = [
        {
            "curve": label,
            "months": months,
            "alive": _percent(at_day(steps, months * DAYS_PER_MONTH)),
            "n_at_risk": _at_risk(study, times, key, months),
        }
        for key, label, steps in [
            ("all", "whole cohort", overall["all"]),
            *((group, GROUP_NAMES[group], steps) for group, steps in by_group.items()),
        ]
        for months in (3, 6, 12, 24)
        if months * DAYS_PER_MONTH <= end
    ]
    columns = (
        Column("curve", "Curve"),
        Column("months", "Months", True),
        Column("alive", "Alive, % (95 % interval)", True),
        Column("n_at_risk", "At risk", True),
    )
    return Figure(
        name="survival",
        title="Survival",
        description="Kaplan-Meier curves of the whole cohort from the first dose, and of each group later.",
        sentence=sentence,
        panels=panels,
        series=series,
        notes=("Kaplan-Meier estimate with 95 % intervals (Greenwood, log-log scale).",),
        numbers=Table("survival", "Survival", columns, numbers, exported=[*rows, *later_rows]),
        columns=2,
    )


def _at_risk(study: Study, times: Sequence[Record], key: str, months: int) -> int:
    is_all = key == "all"
    chosen = times if is_all else [row for row in times if row["study_group"] == key]
    days, _ = survival_times(chosen, from_last_day=not is_all)
    return sum(day >= months * DAYS_PER_MONTH for day in days)


def _percent(step: Step | None) -> str:
    if step is None:
        return "not applicable"
    share = f"{100 * step.estimate:.1f} %"
    if step.low is None or step.high is None or step.low == step.high:
        return share
    return f"{share} ({100 * step.low:.1f} to {100 * step.high:.1f})"
