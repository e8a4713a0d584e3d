with source as (
    select * from {{ source('landing', 'vital_status') }}
),

cleaned as (
    select
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('last_contact_on') }} as last_contact_on,
        {{ cleaned('died_on') }} as died_on,
        {{ cleaned('cause_of_death') }} as cause_of_death,
        {{ cleaned('contributing_cause') }} as contributing_cause,
        {{ cleaned('progressed_on') }} as progressed_on,
        {{ cleaned('new_therapy_on') }} as new_therapy_on,
        source_file,
        line_number
    from source
)

select * from cleaned
