-- The vocabulary holds millions of concepts; landed are those that the records of a site use, some of them twice.
with concepts as (
    select
        *,
        row_number() over (partition by concept_id order by line_number) as copy_number
    from {{ ref('stg_omop__concept') }}
    where concept_id != 0
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
