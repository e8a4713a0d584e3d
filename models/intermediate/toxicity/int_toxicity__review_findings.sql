-- What of the grades a clinician should look at, with the records that show it.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

before_infusion as (
    select * from {{ ref('int_toxicity__before_infusion') }}
),

inotropes as (
    select * from {{ ref('int_toxicity__inotropes') }}
),

reasons as (
    select * from {{ ref('grade_review_reasons') }}
),

onsets as (
    select
        *,
        row_number() over (partition by patient_id, toxicity order by assessed_at, assessment_id) as place
    from graded
    where is_present
),

found_in_assessments as (
    select assessments.patient_id, assessments.study_day, reasons.reason, assessments.assessment_id
    from assessments
    inner join reasons on reasons.reason = 'ice_0_without_consciousness' and assessments.ice_score <= reasons.bound
    where assessments.consciousness is null and not coalesce(assessments.sedated, false)
    union all
    select onsets.patient_id, onsets.study_day, reasons.reason, onsets.assessment_id
    from onsets
    inner join reasons
        on reasons.reason = 'late_onset' and onsets.toxicity = reasons.toxicity and onsets.study_day > reasons.bound
    where onsets.place = 1
    union all
    select before_infusion.patient_id, before_infusion.study_day, reasons.reason, before_infusion.assessment_id
    from before_infusion
    inner join reasons
        on
            (reasons.reason = 'oxygen_before_infusion' and before_infusion.oxygen_support != 'none')
            or (reasons.reason = 'deficit_before_infusion' and before_infusion.ice_score <= reasons.bound)
    union all
    select
        patient_id, study_day,
        case toxicity when 'CRS' then 'oxygen_before_infusion' else 'deficit_before_infusion' end as reason,
        assessment_id
    from graded
    where is_left_out
    union all
    select patient_id, study_day, 'recorded_grade_differs' as reason, assessment_id
    from graded
    where astct_grade != computed_grade or bound > astct_grade
    union all
    select patient_id, study_day, 'grade_between_grades' as reason, assessment_id
    from graded
    where astct_grade != floor(astct_grade)
    union all
    select patient_id, study_day, 'recorded_0_with_support' as reason, assessment_id
    from graded
    where is_recorded_0_with_support
)

select patient_id, reason, 'toxicity_assessments' as entity, assessment_id as record_id
from found_in_assessments
where study_day <= {{ integer_var('last_study_day') }}
union
select patient_id, 'inotrope' as reason, entity, record_id
from inotropes
where study_day <= {{ integer_var('last_study_day') }}
