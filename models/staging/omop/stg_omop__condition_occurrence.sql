with source as (
    select * from {{ landed('omop', 'condition_occurrence') }}
),

typed as (
    select
        {{ staged('condition_occurrence_id') }} as condition_occurrence_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('condition_concept_id') }} as condition_concept_id,
        {{ staged('condition_start_date') }} as condition_start_date,
        {{ staged('condition_start_datetime') }} as condition_start_datetime,
        {{ staged('condition_source_value') }} as condition_source_value,
        {{ staged('condition_source_concept_id') }} as condition_source_concept_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
