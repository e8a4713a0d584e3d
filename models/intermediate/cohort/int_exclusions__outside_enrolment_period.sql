with treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    patient_id,
    'outside_enrolment_period' as reason
from treated
where
    cast(infused_at as date) not between
    {{ date_var('enrolment_start') }} and {{ date_var('enrolment_end') }}
