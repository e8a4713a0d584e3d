{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ landed('omop', 'concept') }}
),

typed as (
    select
        {{ staged('concept_id') }} as concept_id,
        {{ staged('concept_name') }} as concept_name,
        {{ staged('vocabulary_id') }} as vocabulary_id,
        {{ staged('concept_code') }} as concept_code,
        {{ staged('domain_id') }} as domain_id,
        {{ staged('concept_class_id') }} as concept_class_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
