-- The grade of each day that was assessed, with whether sedation or ventilation alone kept it from being evaluable.
with daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
),

sedated_days as (
    select distinct patient_id, toxicity, study_day
    from assessments
    where is_seen_sedated
)

select
    daily.patient_id,
    daily.toxicity,
    daily.study_day,
    daily.grade,
    daily.highest_grade,
    daily.highest_unread_grade,
    daily.n_assessments,
    daily.is_present,
    daily.is_followed,
    daily.grade is null and sedated_days.patient_id is not null as is_sedated
from daily
left join sedated_days
    on
        daily.patient_id = sedated_days.patient_id
        and daily.toxicity = sedated_days.toxicity
        and daily.study_day = sedated_days.study_day
