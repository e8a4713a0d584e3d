with source as (
    select * from {{ source('omop', 'visit_occurrence') }}
),

typed as (
    select
        {{ exact_id('visit_occurrence_id') }} as visit_occurrence_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('visit_concept_id') }} as visit_concept_id,
        {{ cleaned('visit_start_date') }} as visit_start_date,
        {{ cleaned('visit_start_datetime') }} as visit_start_datetime,
        {{ cleaned('visit_end_date') }} as visit_end_date,
        {{ cleaned('visit_end_datetime') }} as visit_end_datetime,
        {{ unreadable_id(['visit_occurrence_id', 'person_id', 'visit_concept_id']) }} as unreadable_id,
        {{ unreadable_cell(['visit_occurrence_id', 'person_id', 'visit_concept_id']) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
