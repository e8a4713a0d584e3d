with source as (
    select * from {{ landed('landing', 'vital_status') }}
),

cleaned as (
    select
        {{ staged('patient_id') }} as patient_id,
        {{ staged('last_contact_on') }} as last_contact_on,
        {{ staged('died_on') }} as died_on,
        {{ staged('cause_of_death') }} as cause_of_death,
        {{ staged('contributing_cause') }} as contributing_cause,
        {{ staged('progressed_on') }} as progressed_on,
        {{ staged('new_therapy_on') }} as new_therapy_on,
        source_file,
        line_number
    from source
)

select * from cleaned
