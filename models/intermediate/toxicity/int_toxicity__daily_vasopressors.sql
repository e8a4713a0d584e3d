-- The greatest number of vasopressors given at the same time on each study day from infusion on: counted whenever one starts, at
-- infusion and at the midnight that starts a day. One that is only assumed to run counts on the day on which it starts, beside
-- the others.
with administrations as (
    select * from {{ ref('int_toxicity__vasopressor_administrations') }}
),

counting as (
    select
        administrations.*,
        greatest(administrations.started_at, administrations.infused_at) as counted_from,
        case
            when administrations.is_assumed then greatest(administrations.started_at, administrations.infused_at)
            else coalesce(administrations.ended_at, administrations.started_at)
        end as counted_until
    from administrations
    where
        administrations.started_at >= administrations.infused_at
        or {{ runs_at('administrations', 'administrations.infused_at') }}
),

days as (
    select
        patient_id, infused_at, counted_from,
        {{ number_series('0', days_between('counted_from', 'counted_until')) }} as day_number
    from counting
),

moments as (
    select distinct
        patient_id, infused_at,
        greatest(counted_from, {{ days_after('counted_from', 'day_number') }}) as counted_at
    from days
),

running as (
    select
        moments.patient_id,
        {{ days_between('moments.infused_at', 'moments.counted_at') }} as study_day,
        moments.counted_at,
        counting.ingredient,
        counting.drug_class,
        bool_and(counting.is_assumed) as is_assumed
    from moments
    inner join counting
        on
            moments.patient_id = counting.patient_id
            and moments.counted_at >= counting.counted_from
            and (moments.counted_at = counting.counted_from or moments.counted_at < counting.counted_until)
    group by moments.patient_id, moments.infused_at, moments.counted_at, counting.ingredient, counting.drug_class
),

counted as (
    select
        patient_id, study_day, counted_at,
        count(case when drug_class = 'vasopressor' and not is_assumed then 1 end) as n_vasopressors,
        count(case when drug_class = 'vasopressin' and not is_assumed then 1 end) as n_vasopressin,
        count(case when is_assumed then 1 end) as n_assumed_vasopressors
    from running
    group by patient_id, study_day, counted_at
),

different as (
    select
        patient_id, study_day,
        count(distinct case when drug_class = 'vasopressor' then ingredient end) as n_different_vasopressors
    from running
    group by patient_id, study_day
)

select
    counted.patient_id,
    counted.study_day,
    max(counted.n_vasopressors) as n_vasopressors,
    max(counted.n_vasopressin) as n_vasopressin,
    max(counted.n_assumed_vasopressors) as n_assumed_vasopressors,
    different.n_different_vasopressors
from counted
inner join different on counted.patient_id = different.patient_id and counted.study_day = different.study_day
group by counted.patient_id, counted.study_day, different.n_different_vasopressors
