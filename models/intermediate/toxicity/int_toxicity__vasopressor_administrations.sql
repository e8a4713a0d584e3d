-- Vasopressors given into a vein to the treated population; one without an end counts at its start only.
with administrations as (
    select * from {{ accepted('medication_administrations') }}
    where
        status = 'given'
        and drug_class in ('vasopressor', 'vasopressin')
        and route in ('intravenous', 'intravenous infusion')
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    administrations.patient_id,
    administrations.ingredient,
    administrations.drug_class,
    administrations.started_at,
    greatest(administrations.started_at, administrations.ended_at) as ended_at,
    treated.infused_at
from administrations
inner join treated on administrations.patient_id = treated.patient_id
