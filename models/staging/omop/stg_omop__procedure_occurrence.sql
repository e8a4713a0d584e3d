with source as (
    select * from {{ landed('omop', 'procedure_occurrence') }}
),

typed as (
    select
        {{ staged('procedure_occurrence_id') }} as procedure_occurrence_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('procedure_concept_id') }} as procedure_concept_id,
        {{ staged('procedure_date') }} as procedure_date,
        {{ staged('procedure_datetime') }} as procedure_datetime,
        {{ staged('procedure_source_value') }} as procedure_source_value,
        {{ staged('procedure_source_concept_id') }} as procedure_source_concept_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
