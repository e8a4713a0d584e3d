-- The grade stands as the rules make it; in these patients the chart may say more than the records.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

before_infusion as (
    select * from {{ ref('int_toxicity__before_infusion') }}
),

grade_review_reasons as (
    select * from {{ ref('grade_review_reasons') }}
),

crs as (
    select * from {{ ref('int_toxicity__course') }}
    where toxicity = 'CRS'
),

found as (
    select patient_id, study_day, 'inotrope' as reason
    from {{ ref('int_toxicity__inotropes') }}
    union all
    select patient_id, study_day, 'oxygen_before_infusion' as reason
    from before_infusion
    where oxygen_support != 'none'
    union all
    select crs.patient_id, crs.onset_day as study_day, grade_review_reasons.reason
    from crs
    inner join grade_review_reasons on grade_review_reasons.reason = 'late_onset' and crs.onset_day > grade_review_reasons.bound
    union all
    select assessments.patient_id, assessments.study_day, grade_review_reasons.reason
    from assessments
    inner join grade_review_reasons
        on grade_review_reasons.reason = 'ice_0_without_consciousness' and assessments.ice_score <= grade_review_reasons.bound
    where assessments.consciousness is null and not coalesce(assessments.sedated, false)
    union all
    select before_infusion.patient_id, before_infusion.study_day, grade_review_reasons.reason
    from before_infusion
    inner join grade_review_reasons
        on grade_review_reasons.reason = 'deficit_before_infusion' and before_infusion.ice_score <= grade_review_reasons.bound
)

select
    found.patient_id,
    grade_review_reasons.toxicity,
    found.reason,
    cast(min(found.study_day) as integer) as first_study_day
from found
inner join grade_review_reasons on found.reason = grade_review_reasons.reason
where found.study_day <= {{ integer_var('last_study_day') }}
group by found.patient_id, grade_review_reasons.toxicity, found.reason
