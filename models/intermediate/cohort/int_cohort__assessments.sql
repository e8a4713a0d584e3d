-- Every assessment that says something of a toxicity, with its grade, whether the toxicity is there, and, of those that are not
-- evaluable, whether sedation or ventilation is the reason.
with graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

toxicities as (
    select * from {{ ref('toxicities') }}
),

judged as (
    select
        graded.*,
        graded.grade is null
        and toxicities.is_hidden_by_sedation
        and (coalesce(assessments.sedated, false) or coalesce(assessments.oxygen_support = 'intubated', false)) as is_sedated
    from graded
    inner join toxicities on graded.toxicity = toxicities.toxicity
    left join assessments on graded.assessment_id = assessments.assessment_id
)

select
    patient_id,
    toxicity,
    assessment_id,
    assessed_at,
    study_day,
    grade,
    is_present,
    grade is not null as is_evaluable,
    is_sedated
from judged
where highest_grade is not null or is_sedated
