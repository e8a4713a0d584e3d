-- The grade stands as the rules make it; in these patients the chart may say more than the records.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

before_infusion as (
    select * from {{ ref('int_toxicity__before_infusion') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
),

inotropes as (
    select * from {{ ref('int_toxicity__inotropes') }}
),

reasons as (
    select * from {{ ref('grade_review_reasons') }}
),

found as (
    select inotropes.patient_id, inotropes.study_day, reasons.toxicity, reasons.reason
    from inotropes
    inner join reasons on reasons.reason = 'inotrope'
    union all
    select before_infusion.patient_id, before_infusion.study_day, reasons.toxicity, reasons.reason
    from before_infusion
    inner join reasons on reasons.reason = 'oxygen_before_infusion' and before_infusion.oxygen_support != 'none'
    union all
    select course.patient_id, course.onset_day as study_day, reasons.toxicity, reasons.reason
    from course
    inner join reasons
        on reasons.reason = 'late_onset' and course.toxicity = reasons.toxicity and course.onset_day > reasons.bound
    union all
    select assessments.patient_id, assessments.study_day, reasons.toxicity, reasons.reason
    from assessments
    inner join reasons on reasons.reason = 'ice_0_without_consciousness' and assessments.ice_score <= reasons.bound
    where assessments.consciousness is null and not coalesce(assessments.sedated, false)
    union all
    select before_infusion.patient_id, before_infusion.study_day, reasons.toxicity, reasons.reason
    from before_infusion
    inner join reasons on reasons.reason = 'deficit_before_infusion' and before_infusion.ice_score <= reasons.bound
)

select
    patient_id,
    toxicity,
    reason,
    cast(min(study_day) as integer) as first_study_day
from found
where study_day <= {{ integer_var('last_study_day') }}
group by patient_id, toxicity, reason
