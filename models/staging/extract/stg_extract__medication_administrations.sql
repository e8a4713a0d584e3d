with source as (
    select * from {{ landed('landing', 'medication_administrations') }}
),

cleaned as (
    select
        {{ staged('administration_id') }} as administration_id,
        {{ staged('patient_id') }} as patient_id,
        {{ staged('medication') }} as medication,
        {{ staged('code_system') }} as code_system,
        {{ staged('code') }} as code,
        {{ staged('dose') }} as dose,
        {{ staged('dose_unit') }} as dose_unit,
        {{ staged('route') }} as route,
        {{ staged('frequency') }} as frequency,
        {{ staged('started_at') }} as started_at,
        {{ staged('ended_at') }} as ended_at,
        {{ staged('status') }} as status,
        {{ staged('purpose') }} as purpose,
        {{ staged('product_strength') }} as product_strength,
        source_file,
        line_number
    from source
)

select * from cleaned
