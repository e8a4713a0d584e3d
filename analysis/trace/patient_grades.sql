-- Which grade had each treated patient on each assessed day, and which assessment of which file decided it?
-- depends_on: {{ ref('toxicity_days') }}
-- depends_on: {{ ref('toxicity_assessments') }}
select
    days.patient_id,
    days.toxicity,
    days.study_day,
    days.grade,
    days.certainty,
    days.n_assessments,
    days.deciding_assessment_id,
    assessments.assessed_at,
    assessments.temperature_c,
    assessments.hypotension,
    assessments.vasopressors,
    assessments.oxygen_support,
    assessments.oxygen_flow_l_min,
    assessments.ice_score,
    assessments.consciousness,
    assessments.seizure,
    assessments.motor_weakness,
    assessments.raised_icp,
    assessments.sedated,
    case days.toxicity
        when 'CRS' then assessments.recorded_crs_grade
        when 'ICANS' then assessments.recorded_icans_grade
    end as recorded_grade,
    assessments.source_file,
    assessments.line_number
from marts.toxicity_days as days
left join marts.toxicity_assessments as assessments on days.deciding_assessment_id = assessments.assessment_id
where days.n_assessments > 0
order by days.patient_id, days.toxicity, days.study_day
