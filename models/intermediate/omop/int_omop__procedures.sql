-- An id is one of its table alone: an exposure to a drug may have the same.
with procedures as (
    select * from {{ ref('stg_omop__procedure_occurrence') }}
    where unreadable_id is null
),

products as (
    select * from {{ ref('int_omop__products') }}
    where cdm_table = 'procedure_occurrence'
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
)

select
    'procedure ' || cast(procedures.procedure_occurrence_id as string) as infusion_id,
    {{ omop_patient('procedures') }} as patient_id,
    procedures.person_id,
    products.product,
    coalesce(procedures.procedure_datetime, procedures.procedure_date) as infused_at,
    'given' as status,
    2 as place,
    procedures.source_file,
    procedures.line_number
from procedures
inner join products
    on
        procedures.procedure_concept_id is not distinct from products.concept_id
        and procedures.procedure_source_concept_id is not distinct from products.source_concept_id
        and procedures.procedure_source_value is not distinct from products.source_value
left join patient_ids on procedures.person_id = patient_ids.person_id
