with treated as (
    select * from {{ ref('int_treated__patients') }}
),

toxicities as (
    select * from {{ ref('toxicities') }}
),

daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
),

days as (
    select
        treated.patient_id,
        toxicities.toxicity,
        {{ number_series('0', 'coalesce(toxicities.last_study_day, ' ~ integer_var('last_study_day') ~ ')') }} as study_day
    from treated
    cross join toxicities
)

select
    days.patient_id,
    days.toxicity,
    cast(days.study_day as integer) as study_day,
    cast(daily.grade as integer) as grade,
    daily.grade is not null as is_evaluable,
    coalesce(daily.certainty, 'unknown') as certainty,
    cast(coalesce(daily.n_assessments, 0) as integer) as n_assessments,
    daily.deciding_assessment_id
from days
left join daily
    on
        days.patient_id = daily.patient_id
        and days.toxicity = daily.toxicity
        and days.study_day = daily.study_day
order by days.patient_id, days.toxicity, days.study_day
