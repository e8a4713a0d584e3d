with source as (
    select * from {{ landed('omop', 'drug_exposure') }}
),

typed as (
    select
        {{ staged('drug_exposure_id') }} as drug_exposure_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('drug_concept_id') }} as drug_concept_id,
        {{ staged('drug_exposure_start_date') }} as drug_exposure_start_date,
        {{ staged('drug_exposure_start_datetime') }} as drug_exposure_start_datetime,
        {{ staged('drug_exposure_end_date') }} as drug_exposure_end_date,
        {{ staged('drug_exposure_end_datetime') }} as drug_exposure_end_datetime,
        {{ staged('drug_type_concept_id') }} as drug_type_concept_id,
        {{ staged('stop_reason') }} as stop_reason,
        {{ staged('quantity') }} as quantity,
        {{ staged('days_supply') }} as days_supply,
        {{ staged('sig') }} as sig,
        {{ staged('route_concept_id') }} as route_concept_id,
        {{ staged('drug_source_value') }} as drug_source_value,
        {{ staged('drug_source_concept_id') }} as drug_source_concept_id,
        {{ staged('route_source_value') }} as route_source_value,
        {{ staged('dose_unit_source_value') }} as dose_unit_source_value,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
