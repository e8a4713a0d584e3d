-- The vocabulary holds millions of concepts; the records of a site use some thousands of them.
with used as (
    select drug_concept_id as concept_id from {{ ref('stg_omop__drug_exposure') }}
    union
    select drug_source_concept_id as concept_id from {{ ref('stg_omop__drug_exposure') }}
    union
    select route_concept_id as concept_id from {{ ref('stg_omop__drug_exposure') }}
    union
    select measurement_concept_id as concept_id from {{ ref('stg_omop__measurement') }}
    union
    select measurement_source_concept_id as concept_id from {{ ref('stg_omop__measurement') }}
    union
    select unit_concept_id as concept_id from {{ ref('stg_omop__measurement') }}
    union
    select value_as_concept_id as concept_id from {{ ref('stg_omop__measurement') }}
    union
    select value_as_concept_id as concept_id from {{ ref('stg_omop__observation') }}
    union
    select unit_concept_id as concept_id from {{ ref('stg_omop__observation') }}
    union
    select procedure_concept_id as concept_id from {{ ref('stg_omop__procedure_occurrence') }}
    union
    select procedure_source_concept_id as concept_id from {{ ref('stg_omop__procedure_occurrence') }}
    union
    select condition_concept_id as concept_id from {{ ref('stg_omop__condition_occurrence') }}
    union
    select condition_source_concept_id as concept_id from {{ ref('stg_omop__condition_occurrence') }}
    union
    select cause_concept_id as concept_id from {{ ref('stg_omop__death') }}
    union
    select cause_source_concept_id as concept_id from {{ ref('stg_omop__death') }}
),

concepts as (
    select
        *,
        row_number() over (partition by concept_id order by source_file, line_number) as copy_number
    from {{ ref('stg_omop__concept') }}
    where
        unreadable_id is null
        and concept_id != 0
        and concept_id in (select used.concept_id from used)
)

select
    concept_id,
    concept_name,
    vocabulary_id,
    {{ folded('vocabulary_id') }} as code_system,
    concept_code,
    domain_id
from concepts
where copy_number = 1
