-- Assessments that were set aside though their patient was read: somebody charted something, and of what grade it was nobody can
-- tell. One without a readable time may belong to any day of follow-up, and if its date can be read to that day or a day next to
-- it, for 24:00 is of the next one and the time of another zone of either. One without a date tells no day that the toxicity
-- was there: it bounds grades, and stands against no resolution.
with set_aside as (
    select distinct patient_id, assessed_at, assessed_on, case when assessed_at is null then 1 else 0 end as n_days_apart
    from {{ set_aside('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

toxicities as (
    select * from {{ ref('toxicities') }}
),

placed as (
    select
        toxicities.toxicity,
        toxicities.highest_computed_grade as highest_grade,
        coalesce(toxicities.last_study_day, {{ integer_var('last_study_day') }}) as last_study_day,
        set_aside.patient_id,
        set_aside.assessed_at,
        set_aside.n_days_apart,
        {{ days_between('treated.infused_at', 'set_aside.assessed_on') }} as charted_day,
        treated.infused_at
    from set_aside
    inner join treated on set_aside.patient_id = treated.patient_id
    cross join toxicities
    where coalesce(set_aside.assessed_at >= treated.infused_at, true)
),

spans as (
    select
        *,
        greatest(coalesce(charted_day - n_days_apart, 0), 0) as first_day,
        coalesce(charted_day + n_days_apart, last_study_day) as last_day
    from placed
),

days as (
    select
        *,
        {{ number_series('first_day', 'last_day') }} as study_day
    from spans
    where first_day <= last_day
)

select
    toxicity,
    patient_id,
    coalesce(assessed_at, greatest({{ days_after('infused_at', 'study_day') }}, infused_at)) as assessed_at,
    cast(study_day as integer) as study_day,
    highest_grade,
    bool_or(assessed_at is not null) as is_time_known,
    max(case when charted_day is not null then highest_grade end) as highest_unread_grade
from days
group by
    toxicity, patient_id, coalesce(assessed_at, greatest({{ days_after('infused_at', 'study_day') }}, infused_at)), study_day,
    highest_grade
