{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ source('omop', 'concept_ancestor') }}
),

typed as (
    select
        {{ exact_id('ancestor_concept_id') }} as ancestor_concept_id,
        {{ exact_id('descendant_concept_id') }} as descendant_concept_id,
        {{ unreadable_id(['ancestor_concept_id', 'descendant_concept_id']) }} as unreadable_id,
        {{ unreadable_cell(['ancestor_concept_id', 'descendant_concept_id']) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
