-- When the next therapy of the lymphoma began: as the site dates it, or with the next CAR-T. A response to it is none to the
-- first. Where one is charted and its date cannot be read, any scan may have come after it.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

infusions as (
    select * from {{ ref('int_treated__infusions') }}
),

next_infusions as (
    select
        treated.patient_id,
        cast(min(infusions.infused_at) as date) as infused_on
    from treated
    inner join infusions on treated.patient_id = infusions.patient_id
    where {{ days_between('treated.infused_at', 'infusions.infused_at') }} > 0
    group by treated.patient_id
)

select
    treated.patient_id,
    least(vital_status.new_therapy_on, next_infusions.infused_on) as started_on,
    coalesce(vital_status.is_new_therapy_unclear, false) as is_unclear
from treated
left join vital_status on treated.patient_id = vital_status.patient_id
left join next_infusions on treated.patient_id = next_infusions.patient_id
