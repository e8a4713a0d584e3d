-- What was last known of the index toxicity after the index time, within each span of days that a definition of response looks
-- at: the last evaluable grade, and whether sedation or ventilation alone hid every day from there to the end of the span.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

spans as (
    select distinct
        index_time.patient_id,
        index_time.index_started_at,
        case when index_time.is_date_alone then 86400.0 else 0.0 end as index_seconds_unknown,
        index_time.index_study_day,
        least(index_time.index_study_day + definitions.within_days_of_index, {{ integer_var('last_study_day') }}) as last_day
    from index_time
    cross join definitions
),

after_index as (
    select
        spans.*,
        assessments.assessed_at,
        assessments.study_day,
        assessments.grade,
        assessments.is_seen_sedated,
        max(case when assessments.is_evaluable then assessments.assessed_at end)
            over (partition by spans.patient_id, spans.last_day) as last_evaluable_at,
        max(case when assessments.is_evaluable then assessments.study_day end)
            over (partition by spans.patient_id, spans.last_day) as last_evaluable_day
    from spans
    inner join assessments
        on
            spans.patient_id = assessments.patient_id
            and spans.index_started_at < assessments.assessed_at
            and spans.last_day >= assessments.study_day
),

summed as (
    select
        patient_id,
        last_day,
        index_started_at,
        index_seconds_unknown,
        last_evaluable_at,
        coalesce(last_evaluable_day, index_study_day) as last_known_day,
        max(case when assessed_at = last_evaluable_at then grade end) as last_grade,
        count(distinct case
            when is_seen_sedated and study_day > coalesce(last_evaluable_day, index_study_day) then study_day
        end) as n_days_sedated
    from after_index
    group by
        patient_id, last_day, index_started_at, index_seconds_unknown, index_study_day, last_evaluable_at, last_evaluable_day
)

select
    patient_id,
    last_day,
    case
        when
            {{ seconds_between('index_started_at', 'last_evaluable_at') }} - index_seconds_unknown
            >= {{ integer_var('hours_to_failure') }} * 3600.0
            then last_grade
    end as last_grade,
    n_days_sedated > 0 and n_days_sedated = last_day - last_known_day as is_sedated_to_the_end
from summed
