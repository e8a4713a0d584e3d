with source as (
    select * from {{ source('omop', 'person') }}
),

typed as (
    select
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('gender_concept_id') }} as gender_concept_id,
        {{ cleaned('year_of_birth') }} as year_of_birth,
        {{ cleaned('month_of_birth') }} as month_of_birth,
        {{ cleaned('day_of_birth') }} as day_of_birth,
        {{ cleaned('birth_datetime') }} as birth_datetime,
        {{ cleaned('person_source_value') }} as person_source_value,
        {{ cleaned('gender_source_value') }} as gender_source_value,
        {{ unreadable_id(['person_id', 'gender_concept_id']) }} as unreadable_id,
        {{ unreadable_cell(['person_id', 'gender_concept_id']) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
