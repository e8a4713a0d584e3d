with treated as (
    select * from {{ ref('int_population__treated') }}
),

daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
),

days as (
    select
        patient_id,
        {{ number_series('0', integer_var('last_study_day')) }} as study_day
    from treated
),

toxicities as (
    select 'CRS' as toxicity
    union all
    select 'ICANS' as toxicity
)

select
    days.patient_id,
    toxicities.toxicity,
    cast(days.study_day as integer) as study_day,
    cast(daily.grade as integer) as grade,
    daily.grade is not null as is_evaluable,
    cast(coalesce(daily.n_assessments, 0) as integer) as n_assessments
from days
cross join toxicities
left join daily
    on
        days.patient_id = daily.patient_id
        and toxicities.toxicity = daily.toxicity
        and days.study_day = daily.study_day
