with source as (
    select * from {{ source('omop', 'observation') }}
),

typed as (
    select
        {{ exact_id('observation_id') }} as observation_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('observation_concept_id') }} as observation_concept_id,
        {{ cleaned('observation_date') }} as observation_date,
        {{ cleaned('observation_datetime') }} as observation_datetime,
        {{ cleaned('value_as_number') }} as value_as_number,
        {{ cleaned('value_as_string') }} as value_as_string,
        {{ exact_id('value_as_concept_id') }} as value_as_concept_id,
        {{ exact_id('unit_concept_id') }} as unit_concept_id,
        {{ cleaned('observation_source_value') }} as observation_source_value,
        {{ exact_id('observation_source_concept_id') }} as observation_source_concept_id,
        {{ cleaned('unit_source_value') }} as unit_source_value,
        {{ cleaned('value_source_value') }} as value_source_value,
        {{ unreadable_id([
            'observation_id', 'person_id', 'observation_concept_id',
            'value_as_concept_id', 'unit_concept_id', 'observation_source_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'observation_id', 'person_id', 'observation_concept_id',
            'value_as_concept_id', 'unit_concept_id', 'observation_source_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
