-- The part of each dose that falls into each window: a running infusion is split by time, any other dose falls where it began.
with windows as (
    select * from {{ ref('int_exposure__windows') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
)

select
    windows.patient_id,
    windows.exposure_window,
    events.administration_id,
    events.is_unresolved,
    events.is_single_dose_of_order,
    case
        when events.dose_ended_at > events.dose_started_at
            then
                events.dexamethasone_equivalent_mg
                * {{ seconds_between(
                    'greatest(events.dose_started_at, windows.starts_at)', 'least(events.dose_ended_at, windows.ends_at)'
                ) }}
                / {{ seconds_between('events.dose_started_at', 'events.dose_ended_at') }}
        else events.dexamethasone_equivalent_mg
    end as dexamethasone_equivalent_mg
from windows
inner join events
    on
        windows.patient_id = events.patient_id
        and events.dose_started_at < windows.ends_at
        and (events.dose_started_at >= windows.starts_at or events.dose_ended_at > windows.starts_at)
