-- Treated patients whose exposure is unknown, because none of their drugs can be recognized.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

unrecognized as (
    select * from {{ ref('int_omop__unrecognized_patients') }}
    where {{ "true" if record_origins()['medication_administrations'] == 'omop' else "false" }}
)

select treated.patient_id
from treated
inner join unrecognized on treated.patient_id = unrecognized.patient_id
