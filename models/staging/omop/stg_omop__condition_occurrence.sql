with source as (
    select * from {{ source('omop', 'condition_occurrence') }}
),

typed as (
    select
        {{ exact_id('condition_occurrence_id') }} as condition_occurrence_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('condition_concept_id') }} as condition_concept_id,
        {{ cleaned('condition_start_date') }} as condition_start_date,
        {{ cleaned('condition_start_datetime') }} as condition_start_datetime,
        {{ cleaned('condition_source_value') }} as condition_source_value,
        {{ exact_id('condition_source_concept_id') }} as condition_source_concept_id,
        {{ unreadable_id([
            'condition_occurrence_id', 'person_id',
            'condition_concept_id', 'condition_source_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'condition_occurrence_id', 'person_id',
            'condition_concept_id', 'condition_source_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
