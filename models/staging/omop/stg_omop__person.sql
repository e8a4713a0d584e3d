with source as (
    select * from {{ landed('omop', 'person') }}
),

typed as (
    select
        {{ staged('person_id') }} as person_id,
        {{ staged('gender_concept_id') }} as gender_concept_id,
        {{ staged('year_of_birth') }} as year_of_birth,
        {{ staged('month_of_birth') }} as month_of_birth,
        {{ staged('day_of_birth') }} as day_of_birth,
        {{ staged('birth_datetime') }} as birth_datetime,
        {{ staged('person_source_value') }} as person_source_value,
        {{ staged('gender_source_value') }} as gender_source_value,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
