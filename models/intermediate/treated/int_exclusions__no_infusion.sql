with patients as (
    select * from {{ accepted('patients') }}
),

infusions as (
    select * from {{ ref('int_treated__infusions') }}
)

select
    patient_id,
    'no_infusion' as reason
from patients
where patient_id not in (select infusions.patient_id from infusions)
