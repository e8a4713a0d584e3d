with source as (
    select * from {{ landed('landing', 'lab_results') }}
),

cleaned as (
    select
        {{ staged('result_id') }} as result_id,
        {{ staged('patient_id') }} as patient_id,
        {{ staged('code_system') }} as code_system,
        {{ staged('code') }} as code,
        {{ staged('test_name') }} as test_name,
        {{ staged('specimen') }} as specimen,
        {{ staged('collected_at') }} as collected_at,
        {{ staged('result') }} as result,
        {{ staged('unit') }} as unit,
        {{ staged('reference_low') }} as reference_low,
        {{ staged('reference_high') }} as reference_high,
        {{ staged('resulted_at') }} as resulted_at,
        {{ staged('status') }} as status,
        {{ staged('comment') }} as comment,
        source_file,
        line_number
    from source
)

select * from cleaned
