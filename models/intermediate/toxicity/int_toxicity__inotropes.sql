-- Inotropes and midodrine, charted with an assessment or given, which the grade of CRS passes over.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

administrations as (
    select * from {{ given_drugs() }}
    where drug_class = 'inotrope'
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

charted as (
    select * from {{ ref('int_terminology__vasopressors') }}
    where drug_class = 'inotrope'
)

select
    assessments.patient_id,
    assessments.study_day,
    'toxicity_assessments' as entity,
    assessments.assessment_id as record_id
from assessments
inner join charted on {{ folded('assessments.vasopressors') }} = charted.vasopressors_text
union
select
    administrations.patient_id,
    {{ days_between('treated.infused_at', 'administrations.started_at') }} as study_day,
    'medication_administrations' as entity,
    administrations.administration_id as record_id
from administrations
inner join treated on administrations.patient_id = treated.patient_id
where {{ days_between('treated.infused_at', 'administrations.started_at') }} >= 0
