with treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    patient_id,
    'outside_enrolment_period' as reason
from treated
where
    cast(infused_at as date) not between
    cast('{{ var("enrolment_start") }}' as date) and cast('{{ var("enrolment_end") }}' as date)
