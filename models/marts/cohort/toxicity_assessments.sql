with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
)

select
    assessment_id,
    patient_id,
    assessed_at,
    temperature_c,
    hypotension,
    vasopressors,
    oxygen_support,
    oxygen_flow_l_min,
    ice_score,
    consciousness,
    seizure,
    motor_weakness,
    raised_icp,
    sedated,
    recorded_crs_grade,
    recorded_icans_grade,
    source_file,
    line_number
from assessments
