with source as (
    select * from {{ source('landing', 'patients') }}
),

cleaned as (
    select
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('birth_date') }} as birth_date,
        {{ cleaned('sex') }} as sex,
        source_file,
        line_number
    from source
)

select * from cleaned
