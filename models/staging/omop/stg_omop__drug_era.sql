with source as (
    select * from {{ landed('omop', 'drug_era') }}
),

typed as (
    select
        {{ staged('drug_era_id') }} as drug_era_id,
        {{ staged('person_id') }} as person_id,
        {{ staged('drug_concept_id') }} as drug_concept_id,
        {{ staged('drug_era_start_date') }} as drug_era_start_date,
        {{ staged('drug_era_end_date') }} as drug_era_end_date,
        {{ unreadable_id(staged_ids()) }} as unreadable_id,
        {{ unreadable_cell(staged_ids()) }} as unreadable_cell,
        source_file,
        line_number
    from source
)

select * from typed
