with source as (
    select * from {{ landed('landing', 'patients') }}
),

cleaned as (
    select
        {{ staged('patient_id') }} as patient_id,
        {{ staged('birth_date') }} as birth_date,
        {{ staged('sex') }} as sex,
        source_file,
        line_number
    from source
)

select * from cleaned
