with source as (
    select * from {{ source('omop', 'death') }}
),

typed as (
    select
        {{ exact_id('person_id') }} as person_id,
        {{ cleaned('death_date') }} as death_date,
        {{ cleaned('death_datetime') }} as death_datetime,
        {{ exact_id('cause_concept_id') }} as cause_concept_id,
        {{ cleaned('cause_source_value') }} as cause_source_value,
        {{ exact_id('cause_source_concept_id') }} as cause_source_concept_id,
        {{ unreadable_id(['person_id', 'cause_concept_id', 'cause_source_concept_id']) }} as unreadable_id,
        {{ unreadable_cell(['person_id', 'cause_concept_id', 'cause_source_concept_id']) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
