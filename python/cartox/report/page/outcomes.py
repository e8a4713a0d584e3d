"""What became of the cohort: time to resolution with death competing, what counts as resolved, and survival."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.report.page.blocks import Column, NotApplicable, Section, Table, Words
from cartox.report.page.early_responses import improvements, lymphoma_responses
from cartox.report.page.resolution import DIED, resolution, resolution_times
from cartox.report.page.study import Study, words
from cartox.report.page.survival import survival_figure
from cartox.report.reading import Record
from cartox.report.wording import interval
from cartox.statistics import proportion

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
    count(*) filter (where labels.outcome != 'not_evaluable') as n_patients,
    count(*) filter (where labels.outcome = 'not_evaluable') as n_not_evaluable,
    count(*) filter (where labels.is_responder) as n_responders,
    count(*) filter (where labels.outcome is distinct from patients.study_group) as n_changed,
    count(*) filter (where labels.is_dead_unresolved) as n_dead_unresolved
from marts.response_labels as labels
inner join report_patients as patients on labels.patient_id = patients.patient_id
left join seeds.response_definitions as definitions on labels.definition = definitions.definition
group by labels.definition
order by n_changed, labels.definition
"""


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
        resolution(study, times),
        _definitions(study, times),
        improvements(study),
        lymphoma_responses(study),
        Words((caution,), is_caution=True),
        survival_figure(study, times),
    )
    return Section("outcomes", title, blocks_made)


def _definitions(study: Study, times: Sequence[Record]) -> Table:
    rows: list[Record] = []
    for row in study.rows(DEFINITIONS):
        share = proportion(row["n_responders"], row["n_patients"])
        ends = interval(
            None if share.low is None else 100 * share.low, None if share.high is None else 100 * share.high
        )
        percent = None if share.share is None else 100 * share.share
        is_own = row["definition"] == study.variable("response_definition")
        rows.append(
            row
            | {
                "name": words(row["definition"]) + (" (the study's)" if is_own else ""),
                "description": row["description"] or "",
                "responders": f"{row['n_responders']} of {row['n_patients']}, {percent:.1f} % ({ends})"
                if percent is not None
                else "nobody evaluable",
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
        Column("n_not_evaluable", "Not evaluable", True),
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
