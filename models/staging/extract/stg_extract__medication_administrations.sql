with source as (
    select * from {{ source('landing', 'medication_administrations') }}
),

cleaned as (
    select
        {{ cleaned('administration_id') }} as administration_id,
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('medication') }} as medication,
        {{ cleaned('code_system') }} as code_system,
        {{ cleaned('code') }} as code,
        {{ cleaned('dose') }} as dose,
        {{ cleaned('dose_unit') }} as dose_unit,
        {{ cleaned('route') }} as route,
        {{ cleaned('frequency') }} as frequency,
        {{ cleaned('started_at') }} as started_at,
        {{ cleaned('ended_at') }} as ended_at,
        {{ cleaned('status') }} as status,
        {{ cleaned('purpose') }} as purpose,
        {{ cleaned('product_strength') }} as product_strength,
        source_file,
        line_number
    from source
)

select * from cleaned
