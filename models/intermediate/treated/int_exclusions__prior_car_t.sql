with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
)

select
    patient_id,
    'prior_car_t' as reason
from candidates
where infusion_number > 1
