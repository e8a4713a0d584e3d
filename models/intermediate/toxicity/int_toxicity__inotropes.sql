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

drug_names as (
    select * from {{ ref('drug_names') }}
),

drugs as (
    select * from {{ ref('drugs') }}
    where drug_class = 'inotrope'
),

charted as (
    select
        patient_id,
        study_day,
        {{ text_pieces(folded('vasopressors')) }} as charted_name
    from assessments
)

select charted.patient_id, charted.study_day
from charted
inner join drug_names on trim(charted.charted_name) = drug_names.name
inner join drugs on drug_names.ingredient = drugs.ingredient
union
select
    administrations.patient_id,
    {{ days_between('treated.infused_at', 'administrations.started_at') }} as study_day
from administrations
inner join treated on administrations.patient_id = treated.patient_id
where {{ days_between('treated.infused_at', 'administrations.started_at') }} >= 0
