-- A product is known by its concept or one above it, else by a code, else, in drug exposures, by its name: a procedure that
-- names a product may be the apheresis for it. Two products at once are told as both, which no seed knows.
with kinds as (
    select distinct
        'drug_exposure' as cdm_table,
        drug_concept_id as concept_id,
        drug_source_concept_id as source_concept_id,
        drug_source_value as source_value
    from {{ ref('stg_omop__drug_exposure') }}
    union all
    select distinct
        'procedure_occurrence' as cdm_table,
        procedure_concept_id as concept_id,
        procedure_source_concept_id as source_concept_id,
        procedure_source_value as source_value
    from {{ ref('stg_omop__procedure_occurrence') }}
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

product_concepts as (
    select * from {{ ref('int_omop__product_concepts') }}
),

product_codes as (
    select * from {{ ref('product_codes') }}
),

product_names as (
    select
        source_text,
        coalesce(concept, source_text) as product
    from {{ ref('int_omop__matches') }}
    where vocabulary = 'products' and n_concepts > 0
),

candidates as (
    select kinds.*, 1 as preference, product_concepts.product
    from kinds
    inner join product_concepts on kinds.concept_id = product_concepts.concept_id
    union
    select kinds.*, 2 as preference, product_codes.product
    from kinds
    inner join concepts on kinds.concept_id = concepts.concept_id or kinds.source_concept_id = concepts.concept_id
    inner join product_codes on concepts.code_system = product_codes.code_system and concepts.concept_code = product_codes.code
    union
    select kinds.*, 2 as preference, product_codes.product
    from kinds
    inner join product_codes on kinds.source_value = product_codes.code
    union
    select kinds.*, 3 as preference, product_names.product
    from kinds
    left join concepts on kinds.concept_id = concepts.concept_id or kinds.source_concept_id = concepts.concept_id
    inner join product_names
        on
            {{ folded('concepts.concept_name') }} = product_names.source_text
            or {{ folded('kinds.source_value') }} = product_names.source_text
    where kinds.cdm_table = 'drug_exposure'
),

ranked as (
    select
        *,
        rank() over (partition by cdm_table, concept_id, source_concept_id, source_value order by preference) as place
    from candidates
)

select
    cdm_table,
    concept_id,
    source_concept_id,
    source_value,
    {{ joined_texts('product') }} as product
from ranked
where place = 1
group by cdm_table, concept_id, source_concept_id, source_value
