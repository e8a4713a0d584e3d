with source as (
    select * from {{ landed('omop', 'death') }}
),

typed as (
    select
        {{ staged('person_id') }} as person_id,
        {{ staged('death_date') }} as death_date,
        {{ staged('death_datetime') }} as death_datetime,
        {{ staged('cause_concept_id') }} as cause_concept_id,
        {{ staged('cause_source_value') }} as cause_source_value,
        {{ staged('cause_source_concept_id') }} as cause_source_concept_id,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
