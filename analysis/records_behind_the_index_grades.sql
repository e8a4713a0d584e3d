-- In which record of which file does the grade stand that each cohort patient had at worst on the day of the index drug?
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('toxicity_days') }}
-- depends_on: {{ ref('toxicity_assessments') }}
select
    days.patient_id,
    days.toxicity,
    days.grade,
    assessments.assessment_id,
    assessments.assessed_at,
    assessments.source_file,
    assessments.line_number
from marts.cohort as cohort
inner join marts.toxicity_days as days on cohort.patient_id = days.patient_id and cohort.index_study_day = days.study_day
inner join marts.toxicity_assessments as assessments on days.deciding_assessment_id = assessments.assessment_id
order by days.patient_id, days.toxicity
