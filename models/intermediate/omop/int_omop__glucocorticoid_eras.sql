-- Times in which a patient took a glucocorticoid, as the table drug_era tells them.
with drug_era as (
    select * from {{ ref('stg_omop__drug_era') }}
    where unreadable_id is null
),

drugs as (
    select * from {{ ref('drugs') }}
    where drug_class = 'glucocorticoid'
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
)

select
    drug_era.source_file || ':' || cast(drug_era.line_number as string) as era_id,
    {{ omop_patient('drug_era') }} as patient_id,
    drugs.ingredient,
    {{ parsed_time('drug_era.drug_era_start_date') }} as starts_at,
    {{ days_after(parsed_time('drug_era.drug_era_end_date'), 1) }} as ends_at
from drug_era
inner join drugs on drug_era.drug_concept_id = drugs.omop_concept_id
left join patient_ids on drug_era.person_id = patient_ids.person_id
