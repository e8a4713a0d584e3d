with source as (
    select * from {{ landed('omop', 'visit_occurrence') }}
),

typed as (
    select
        {{ staged('visit_occurrence_id') }} as visit_occurrence_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('visit_concept_id') }} as visit_concept_id,
        {{ staged('visit_start_date') }} as visit_start_date,
        {{ staged('visit_start_datetime') }} as visit_start_datetime,
        {{ staged('visit_end_date') }} as visit_end_date,
        {{ staged('visit_end_datetime') }} as visit_end_datetime,
        {{ staged('discharged_to_concept_id') }} as discharged_to_concept_id,
        {{ staged('discharge_to_concept_id') }} as discharge_to_concept_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
