{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ landed('omop', 'drug_strength') }}
),

typed as (
    select
        {{ staged('drug_concept_id') }} as drug_concept_id,
        {{ staged('ingredient_concept_id') }} as ingredient_concept_id,
        {{ staged('amount_value') }} as amount_value,
        {{ staged('amount_unit_concept_id') }} as amount_unit_concept_id,
        {{ staged('numerator_value') }} as numerator_value,
        {{ staged('numerator_unit_concept_id') }} as numerator_unit_concept_id,
        {{ staged('denominator_value') }} as denominator_value,
        {{ staged('denominator_unit_concept_id') }} as denominator_unit_concept_id,
        {{ staged('invalid_reason') }} as invalid_reason,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
