with source as (
    select * from {{ landed('landing', 'response_assessments') }}
),

cleaned as (
    select
        {{ staged('assessment_id') }} as assessment_id,
        {{ staged('patient_id') }} as patient_id,
        {{ staged('assessed_on') }} as assessed_on,
        {{ staged('deauville') }} as deauville,
        {{ staged('uptake_change') }} as uptake_change,
        {{ staged('new_lesion') }} as new_lesion,
        {{ staged('recorded_response') }} as recorded_response,
        source_file,
        line_number
    from source
)

select * from cleaned
