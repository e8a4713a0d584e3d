-- Discharges alive: the patient did not die within some days of it, as far as is known of a death of unknown date.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

deaths as (
    select * from {{ ref('int_cohort__deaths') }}
)

select
    treated.patient_id,
    {{ days_between('treated.infused_at', 'treated.discharged_on') }} as discharge_day
from treated
left join deaths on treated.patient_id = deaths.patient_id
where
    deaths.patient_id is null
    or deaths.earliest_death_day
    > {{ days_between('treated.infused_at', 'treated.discharged_on') }} + {{ integer_var('days_alive_after_discharge') }}
