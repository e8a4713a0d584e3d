with source as (
    select * from {{ source('landing', 'response_assessments') }}
),

cleaned as (
    select
        {{ cleaned('assessment_id') }} as assessment_id,
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('assessed_on') }} as assessed_on,
        {{ cleaned('deauville') }} as deauville,
        {{ cleaned('uptake_change') }} as uptake_change,
        {{ cleaned('new_lesion') }} as new_lesion,
        {{ cleaned('recorded_response') }} as recorded_response,
        source_file,
        line_number
    from source
)

select * from cleaned
