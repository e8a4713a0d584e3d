with source as (
    select * from {{ landed('omop', 'observation') }}
),

typed as (
    select
        {{ staged('observation_id') }} as observation_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('observation_concept_id') }} as observation_concept_id,
        {{ staged('observation_date') }} as observation_date,
        {{ staged('observation_datetime') }} as observation_datetime,
        {{ staged('value_as_number') }} as value_as_number,
        {{ staged('value_as_string') }} as value_as_string,
        {{ staged('value_as_concept_id') }} as value_as_concept_id,
        {{ staged('unit_concept_id') }} as unit_concept_id,
        {{ staged('observation_source_value') }} as observation_source_value,
        {{ staged('observation_source_concept_id') }} as observation_source_concept_id,
        {{ staged('unit_source_value') }} as unit_source_value,
        {{ staged('value_source_value') }} as value_source_value,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
