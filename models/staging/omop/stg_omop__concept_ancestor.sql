{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ landed('omop', 'concept_ancestor') }}
),

typed as (
    select
        {{ staged('ancestor_concept_id') }} as ancestor_concept_id,
        {{ staged('descendant_concept_id') }} as descendant_concept_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
