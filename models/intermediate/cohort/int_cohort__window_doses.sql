with windows as (
    select * from {{ ref('int_cohort__exposure_windows') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
)

select
    windows.patient_id,
    windows.exposure_window,
    events.administration_id,
    events.dose_number,
    events.dose_started_at,
    events.dexamethasone_equivalent_mg,
    events.dexamethasone_equivalent_mg_080,
    events.dexamethasone_equivalent_mg_100,
    events.is_unresolved,
    events.is_lower_bound,
    events.is_estimate,
    {{ share_within('events', 'windows') }} as share_in_window
from windows
inner join events
    on
        windows.patient_id = events.patient_id
        and windows.starts_at < windows.ends_at
        and {{ falls_within('events', 'windows') }}
