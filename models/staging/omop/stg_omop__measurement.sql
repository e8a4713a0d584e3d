with source as (
    select * from {{ landed('omop', 'measurement') }}
),

typed as (
    select
        {{ staged('measurement_id') }} as measurement_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('measurement_concept_id') }} as measurement_concept_id,
        {{ staged('measurement_date') }} as measurement_date,
        {{ staged('measurement_datetime') }} as measurement_datetime,
        {{ staged('measurement_time') }} as measurement_time,
        {{ staged('operator_concept_id') }} as operator_concept_id,
        {{ staged('value_as_number') }} as value_as_number,
        {{ staged('value_as_concept_id') }} as value_as_concept_id,
        {{ staged('unit_concept_id') }} as unit_concept_id,
        {{ staged('range_low') }} as range_low,
        {{ staged('range_high') }} as range_high,
        {{ staged('measurement_source_value') }} as measurement_source_value,
        {{ staged('measurement_source_concept_id') }} as measurement_source_concept_id,
        {{ staged('unit_source_value') }} as unit_source_value,
        {{ staged('value_source_value') }} as value_source_value,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
