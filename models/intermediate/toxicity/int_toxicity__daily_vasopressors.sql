-- The greatest number of vasopressors given at the same time on each study day: counted whenever one starts, and at the
-- midnight that starts a day.
with administrations as (
    select * from {{ ref('int_toxicity__vasopressor_administrations') }}
),

days as (
    select
        patient_id,
        infused_at,
        started_at,
        ended_at,
        {{ number_series('0', days_between('started_at', 'ended_at')) }} as day_number
    from administrations
),

moments as (
    select distinct
        patient_id,
        infused_at,
        greatest(started_at, {{ days_after('started_at', 'day_number') }}) as counted_at
    from days
),

running as (
    select
        moments.patient_id,
        {{ days_between('moments.infused_at', 'moments.counted_at') }} as study_day,
        moments.counted_at,
        case when administrations.drug_class = 'vasopressor' then administrations.ingredient end as vasopressor,
        case when administrations.drug_class = 'vasopressin' then administrations.ingredient end as vasopressin
    from moments
    inner join administrations
        on
            moments.patient_id = administrations.patient_id
            and moments.counted_at >= administrations.started_at
            and (moments.counted_at < administrations.ended_at or moments.counted_at = administrations.started_at)
),

counted as (
    select
        patient_id,
        study_day,
        counted_at,
        count(distinct vasopressor) as n_vasopressors,
        count(distinct vasopressin) as n_vasopressin
    from running
    group by patient_id, study_day, counted_at
),

different as (
    select
        patient_id,
        study_day,
        count(distinct vasopressor) as n_different_vasopressors
    from running
    group by patient_id, study_day
)

select
    counted.patient_id,
    counted.study_day,
    max(counted.n_vasopressors) as n_vasopressors,
    max(counted.n_vasopressin) as n_vasopressin,
    different.n_different_vasopressors
from counted
inner join different on counted.patient_id = different.patient_id and counted.study_day = different.study_day
group by counted.patient_id, counted.study_day, different.n_different_vasopressors
