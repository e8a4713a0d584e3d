-- What was given on each study day, a running infusion by its time in it. Rounded to a billionth of a milligram, so that equal
-- doses tie whatever the order in which they were summed; null where nothing but unknown amounts was given.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
),

numbered as (
    select patient_id, infused_at, {{ number_series('0', integer_var('last_study_day')) }} as study_day from treated
),

study_days as (
    select
        patient_id,
        cast(study_day as integer) as study_day,
        {{ days_after('infused_at', 'study_day') }} as starts_at,
        {{ days_after('infused_at', 'study_day + 1') }} as ends_at
    from numbered
)

select
    study_days.patient_id,
    study_days.study_day,
    round(sum({{ share_within('events', 'study_days') }} * events.dexamethasone_equivalent_mg), 9) as dexamethasone_equivalent_mg,
    count(distinct case when events.dose_number is not null then events.administration_id end) as n_administrations,
    bool_or(events.is_lower_bound) as is_lower_bound,
    {{ dose_certainty('events') }} as certainty
from study_days
inner join events
    on
        study_days.patient_id = events.patient_id
        and {{ falls_within('events', 'study_days') }}
group by study_days.patient_id, study_days.study_day
