with source as (
    select * from {{ source('omop', 'drug_exposure') }}
),

typed as (
    select
        {{ exact_id('drug_exposure_id') }} as drug_exposure_id,
        {{ exact_id('person_id') }} as person_id,
        {{ exact_id('drug_concept_id') }} as drug_concept_id,
        {{ cleaned('drug_exposure_start_date') }} as drug_exposure_start_date,
        {{ cleaned('drug_exposure_start_datetime') }} as drug_exposure_start_datetime,
        {{ cleaned('drug_exposure_end_date') }} as drug_exposure_end_date,
        {{ cleaned('drug_exposure_end_datetime') }} as drug_exposure_end_datetime,
        {{ exact_id('drug_type_concept_id') }} as drug_type_concept_id,
        {{ cleaned('stop_reason') }} as stop_reason,
        {{ cleaned('quantity') }} as quantity,
        {{ cleaned('days_supply') }} as days_supply,
        {{ cleaned('sig') }} as sig,
        {{ exact_id('route_concept_id') }} as route_concept_id,
        {{ cleaned('drug_source_value') }} as drug_source_value,
        {{ exact_id('drug_source_concept_id') }} as drug_source_concept_id,
        {{ cleaned('route_source_value') }} as route_source_value,
        {{ cleaned('dose_unit_source_value') }} as dose_unit_source_value,
        {{ unreadable_id([
            'drug_exposure_id', 'person_id', 'drug_concept_id',
            'drug_type_concept_id', 'route_concept_id', 'drug_source_concept_id'
        ]) }} as unreadable_id,
        {{ unreadable_cell([
            'drug_exposure_id', 'person_id', 'drug_concept_id',
            'drug_type_concept_id', 'route_concept_id', 'drug_source_concept_id'
        ]) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
