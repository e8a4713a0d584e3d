-- Every patient with an index time under every definition of resolution, counted from the day after the index time. Who is a
-- responder, who a failure that was seen (dead unresolved, rescued, still with the toxicity, sedated to the end) and of whom
-- nobody knows is decided here and nowhere else. Who may have responded, on a day that is not certain or before what may have
-- been a rescue, is neither.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
),

resolved_days as (
    select * from {{ ref('int_cohort__resolved_days') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

rescues as (
    select * from {{ ref('int_cohort__rescues') }}
),

last_grades as (
    select * from {{ ref('int_cohort__last_grades') }}
),

resolutions as (
    select
        index_time.patient_id,
        definitions.definition,
        definitions.without_rescue,
        definitions.highest_grade,
        least(index_time.index_study_day + definitions.within_days_of_index, {{ integer_var('last_study_day') }}) as last_day,
        min(case when resolved_days.is_certain then resolved_days.study_day end) as resolved_day,
        min(resolved_days.study_day) as may_be_resolved_day
    from index_time
    cross join definitions
    left join resolved_days
        on
            index_time.patient_id = resolved_days.patient_id
            and definitions.definition = resolved_days.definition
            and index_time.index_study_day < resolved_days.study_day
            and (
                definitions.within_days_of_index is null
                or resolved_days.study_day <= index_time.index_study_day + definitions.within_days_of_index
            )
    group by
        index_time.patient_id, index_time.index_study_day, definitions.definition, definitions.without_rescue,
        definitions.highest_grade, definitions.within_days_of_index
),

judged as (
    select
        resolutions.patient_id,
        resolutions.definition,
        resolutions.highest_grade,
        resolutions.last_day,
        treated.is_dead,
        {{ days_between('treated.infused_at', 'treated.died_on') }} as death_day,
        {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} as resolved_at,
        case
            when not resolutions.without_rescue then false
            when rescues.rescued_at < {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} then true
            when rescues.may_be_rescued_at < {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} then null
            else false
        end as is_rescued_before,
        resolutions.may_be_resolved_day is not null
        and coalesce(
            not resolutions.without_rescue
            or rescues.rescued_at >= {{ days_after('treated.infused_at', 'resolutions.may_be_resolved_day') }}, true
        ) as may_have_responded
    from resolutions
    inner join treated on resolutions.patient_id = treated.patient_id
    left join rescues on resolutions.patient_id = rescues.patient_id
),

decided as (
    select
        judged.*,
        case
            when judged.resolved_at is not null and not judged.is_rescued_before then 'responder'
            when judged.may_have_responded then 'not_evaluable'
            when
                judged.is_rescued_before
                or judged.death_day <= {{ integer_var('last_study_day') }}
                or last_grades.last_grade > judged.highest_grade
                or last_grades.is_sedated_to_the_end
                then 'non_responder'
            else 'not_evaluable'
        end as outcome
    from judged
    left join last_grades
        on judged.patient_id = last_grades.patient_id and judged.last_day = last_grades.last_day
)

select
    patient_id,
    definition,
    is_dead,
    definition = {{ text_var('response_definition') }} as is_study_definition,
    outcome,
    case when outcome = 'responder' then resolved_at end as resolved_at
from decided
