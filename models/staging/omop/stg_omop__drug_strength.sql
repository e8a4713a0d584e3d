{{ config(materialized='ephemeral') }}

with source as (
    select * from {{ source('omop', 'drug_strength') }}
),

typed as (
    select
        {{ exact_id('drug_concept_id') }} as drug_concept_id,
        {{ exact_id('ingredient_concept_id') }} as ingredient_concept_id,
        {{ cleaned('amount_value') }} as amount_value,
        {{ exact_id('amount_unit_concept_id') }} as amount_unit_concept_id,
        {{ cleaned('numerator_value') }} as numerator_value,
        {{ exact_id('numerator_unit_concept_id') }} as numerator_unit_concept_id,
        {{ cleaned('denominator_value') }} as denominator_value,
        {{ exact_id('denominator_unit_concept_id') }} as denominator_unit_concept_id,
        {{ cleaned('invalid_reason') }} as invalid_reason,
        {{ unreadable_id([
            'drug_concept_id', 'ingredient_concept_id',
            'amount_unit_concept_id', 'numerator_unit_concept_id', 'denominator_unit_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'drug_concept_id', 'ingredient_concept_id',
            'amount_unit_concept_id', 'numerator_unit_concept_id', 'denominator_unit_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
