with candidates as (
    select * from {{ ref('int_treated__candidate_infusions') }}
)

select
    patient_id,
    'prior_car_t' as reason
from candidates
where infusion_number > 1
