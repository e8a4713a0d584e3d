-- Inotropes and midodrine, charted with an assessment or given, which the grade of CRS passes over.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

administrations as (
    select * from {{ accepted('medication_administrations') }}
    where status = 'given' and drug_class = 'inotrope'
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

charted as (
    select * from {{ ref('int_terminology__vasopressors') }}
    where drug_class = 'inotrope'
)

select assessments.patient_id, assessments.study_day
from assessments
inner join charted on {{ folded('assessments.vasopressors') }} = charted.vasopressors_text
union
select
    administrations.patient_id,
    {{ days_between('treated.infused_at', 'administrations.started_at') }} as study_day
from administrations
inner join treated on administrations.patient_id = treated.patient_id
where {{ days_between('treated.infused_at', 'administrations.started_at') }} >= 0
