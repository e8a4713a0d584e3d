-- The responses of treated patients from day 1 on. A scan dated after death has a mistyped date, or its death has: it is
-- evaluable for nothing, and may have shown anything.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

responses as (
    select * from {{ ref('int_disease__responses') }}
)

select
    responses.patient_id,
    responses.assessment_id,
    responses.assessed_on,
    case when responses.assessed_on > treated.died_on then 'NE' else responses.response end as response,
    responses.is_unread or coalesce(responses.assessed_on > treated.died_on, false) as is_unread,
    coalesce(responses.assessed_on > treated.died_on, false) as is_after_death
from responses
inner join treated on responses.patient_id = treated.patient_id
where coalesce({{ days_between('treated.infused_at', 'responses.assessed_on') }} >= 1, true)
