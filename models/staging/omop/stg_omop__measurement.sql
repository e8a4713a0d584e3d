with source as (
    select * from {{ source('omop', 'measurement') }}
),

typed as (
    select
        {{ exact_id('measurement_id') }} as measurement_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('measurement_concept_id') }} as measurement_concept_id,
        {{ cleaned('measurement_date') }} as measurement_date,
        {{ cleaned('measurement_datetime') }} as measurement_datetime,
        {{ cleaned('measurement_time') }} as measurement_time,
        {{ exact_id('operator_concept_id') }} as operator_concept_id,
        {{ cleaned('value_as_number') }} as value_as_number,
        {{ exact_id('value_as_concept_id') }} as value_as_concept_id,
        {{ exact_id('unit_concept_id') }} as unit_concept_id,
        {{ cleaned('range_low') }} as range_low,
        {{ cleaned('range_high') }} as range_high,
        {{ cleaned('measurement_source_value') }} as measurement_source_value,
        {{ exact_id('measurement_source_concept_id') }} as measurement_source_concept_id,
        {{ cleaned('unit_source_value') }} as unit_source_value,
        {{ cleaned('value_source_value') }} as value_source_value,
        {{ unreadable_id([
            'measurement_id', 'person_id', 'measurement_concept_id',
            'operator_concept_id', 'value_as_concept_id', 'unit_concept_id', 'measurement_source_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'measurement_id', 'person_id', 'measurement_concept_id',
            'operator_concept_id', 'value_as_concept_id', 'unit_concept_id', 'measurement_source_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
