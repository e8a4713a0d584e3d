with source as (
    select * from {{ source('landing', 'lab_results') }}
),

cleaned as (
    select
        {{ cleaned('result_id') }} as result_id,
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('code_system') }} as code_system,
        {{ cleaned('code') }} as code,
        {{ cleaned('test_name') }} as test_name,
        {{ cleaned('specimen') }} as specimen,
        {{ cleaned('collected_at') }} as collected_at,
        {{ cleaned('result') }} as result,
        {{ cleaned('unit') }} as unit,
        {{ cleaned('reference_low') }} as reference_low,
        {{ cleaned('reference_high') }} as reference_high,
        {{ cleaned('resulted_at') }} as resulted_at,
        {{ cleaned('status') }} as status,
        {{ cleaned('comment') }} as comment,
        source_file,
        line_number
    from source
)

select * from cleaned
