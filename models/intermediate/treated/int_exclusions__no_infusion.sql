with patients as (
    select * from {{ ref('int_records__patients') }}
),

infusions as (
    select * from {{ ref('int_treated__infusions') }}
)

select
    patient_id,
    'no_infusion' as reason
from patients
where patient_id not in (select infusions.patient_id from infusions)
