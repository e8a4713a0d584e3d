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

counted as (
    select
        moments.patient_id,
        {{ days_between('moments.infused_at', 'moments.counted_at') }} as study_day,
        moments.counted_at,
        count(distinct case when administrations.drug_class = 'vasopressor' then administrations.ingredient end)
            as n_vasopressors,
        count(distinct case when administrations.drug_class = 'vasopressin' then administrations.ingredient end)
            as n_vasopressin
    from moments
    inner join administrations
        on
            moments.patient_id = administrations.patient_id
            and moments.counted_at >= administrations.started_at
            and (moments.counted_at < administrations.ended_at or moments.counted_at = administrations.started_at)
    group by moments.patient_id, moments.infused_at, moments.counted_at
)

select
    patient_id,
    study_day,
    max(n_vasopressors) as n_vasopressors,
    max(n_vasopressin) as n_vasopressin
from counted
group by patient_id, study_day
