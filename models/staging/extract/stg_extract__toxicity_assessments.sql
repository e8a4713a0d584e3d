with source as (
    select * from {{ source('landing', 'toxicity_assessments') }}
),

cleaned as (
    select
        {{ cleaned('assessment_id') }} as assessment_id,
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('assessed_at') }} as assessed_at,
        {{ cleaned('temperature_c') }} as temperature_c,
        {{ cleaned('hypotension') }} as hypotension,
        {{ cleaned('vasopressors') }} as vasopressors,
        {{ cleaned('oxygen_support') }} as oxygen_support,
        {{ cleaned('oxygen_flow_l_min') }} as oxygen_flow_l_min,
        {{ cleaned('ice_score') }} as ice_score,
        {{ cleaned('consciousness') }} as consciousness,
        {{ cleaned('seizure') }} as seizure,
        {{ cleaned('motor_weakness') }} as motor_weakness,
        {{ cleaned('raised_icp') }} as raised_icp,
        {{ cleaned('sedated') }} as sedated,
        {{ cleaned('recorded_crs_grade') }} as recorded_crs_grade,
        {{ cleaned('recorded_icans_grade') }} as recorded_icans_grade,
        source_file,
        line_number
    from source
)

select * from cleaned
