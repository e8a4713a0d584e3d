-- Every assessment that says something of a toxicity, with its grade, whether the toxicity is there, and whether it was made
-- under sedation, or under ventilation that hides it: who can be graded on a ventilator is awake.
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
        toxicities.onset_grade,
        assessments.is_date_alone,
        toxicities.is_hidden_by_sedation
        and coalesce(
            assessments.sedated
            or {{ was_nulled('sedated', 'assessments') }}
            or (assessments.oxygen_support = 'intubated' and graded.grade is null), false
        ) as is_sedated,
        toxicities.is_hidden_by_sedation
        and coalesce(
            assessments.sedated or (assessments.oxygen_support = 'intubated' and graded.grade is null), false
        ) as is_seen_sedated
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
    coalesce(is_date_alone, false) as is_date_alone,
    is_sedated,
    is_seen_sedated,
    coalesce(highest_unread_grade >= onset_grade and not coalesce(is_present, false), false) as is_unread
from judged
where highest_grade is not null or is_sedated
