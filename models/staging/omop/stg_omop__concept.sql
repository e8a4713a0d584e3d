{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ source('omop', 'concept') }}
),

typed as (
    select
        {{ exact_id('concept_id') }} as concept_id,
        {{ cleaned('concept_name') }} as concept_name,
        {{ cleaned('vocabulary_id') }} as vocabulary_id,
        {{ cleaned('concept_code') }} as concept_code,
        {{ cleaned('domain_id') }} as domain_id,
        {{ cleaned('concept_class_id') }} as concept_class_id,
        {{ unreadable_id(['concept_id']) }} as unreadable_id,
        {{ unreadable_cell(['concept_id']) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
