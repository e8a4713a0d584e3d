-- The onset of the episode in which the index drug was given: the first assessment that shows the index toxicity after the last
-- resolution before it.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

present as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and is_present
),

resolved_days as (
    select * from {{ ref('int_cohort__resolved_days') }}
    where definition = {{ text_var('response_definition') }} and toxicity = {{ text_var('index_toxicity') }} and is_certain
),

last_present as (
    select
        index_time.patient_id,
        max(present.study_day) as study_day
    from index_time
    inner join present
        on index_time.patient_id = present.patient_id and index_time.index_started_at >= present.assessed_at
    group by index_time.patient_id
),

last_resolved as (
    select
        last_present.patient_id,
        max(resolved_days.study_day) as study_day
    from last_present
    left join resolved_days
        on last_present.patient_id = resolved_days.patient_id and last_present.study_day > resolved_days.study_day
    group by last_present.patient_id
)

select
    last_resolved.patient_id,
    min(present.assessed_at) as onset_at
from last_resolved
inner join present
    on
        last_resolved.patient_id = present.patient_id
        and (last_resolved.study_day is null or last_resolved.study_day < present.study_day)
group by last_resolved.patient_id
