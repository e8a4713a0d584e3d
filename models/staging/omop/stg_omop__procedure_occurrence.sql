with source as (
    select * from {{ source('omop', 'procedure_occurrence') }}
),

typed as (
    select
        {{ exact_id('procedure_occurrence_id') }} as procedure_occurrence_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('procedure_concept_id') }} as procedure_concept_id,
        {{ cleaned('procedure_date') }} as procedure_date,
        {{ cleaned('procedure_datetime') }} as procedure_datetime,
        {{ cleaned('procedure_source_value') }} as procedure_source_value,
        {{ exact_id('procedure_source_concept_id') }} as procedure_source_concept_id,
        {{ unreadable_id([
            'procedure_occurrence_id', 'person_id',
            'procedure_concept_id', 'procedure_source_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'procedure_occurrence_id', 'person_id',
            'procedure_concept_id', 'procedure_source_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
