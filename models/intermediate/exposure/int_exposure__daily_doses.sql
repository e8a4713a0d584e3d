with study_days as (
    select * from {{ ref('int_exposure__study_days') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
)

select
    study_days.patient_id,
    study_days.study_day,
    events.administration_id,
    events.dose_number,
    events.dexamethasone_equivalent_mg,
    events.is_lower_bound,
    {{ share_within('events', 'study_days') }} as share_on_day
from study_days
inner join events
    on
        study_days.patient_id = events.patient_id
        and {{ falls_within('events', 'study_days') }}
