with source as (
    select * from {{ landed('landing', 'toxicity_assessments') }}
),

cleaned as (
    select
        {{ staged('assessment_id') }} as assessment_id,
        {{ staged('patient_id') }} as patient_id,
        {{ staged('assessed_at') }} as assessed_at,
        {{ staged('temperature_c') }} as temperature_c,
        {{ staged('hypotension') }} as hypotension,
        {{ staged('vasopressors') }} as vasopressors,
        {{ staged('oxygen_support') }} as oxygen_support,
        {{ staged('oxygen_flow_l_min') }} as oxygen_flow_l_min,
        {{ staged('ice_score') }} as ice_score,
        {{ staged('consciousness') }} as consciousness,
        {{ staged('seizure') }} as seizure,
        {{ staged('motor_weakness') }} as motor_weakness,
        {{ staged('raised_icp') }} as raised_icp,
        {{ staged('sedated') }} as sedated,
        {{ staged('recorded_crs_grade') }} as recorded_crs_grade,
        {{ staged('recorded_icans_grade') }} as recorded_icans_grade,
        source_file,
        line_number
    from source
)

select * from cleaned
