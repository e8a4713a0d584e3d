-- The ASTCT grade of ICANS at each assessment: the worst domain (Lee 2019, table 6). Under sedation neither the ICE score nor
-- consciousness can be attributed, and an assessment that shows nothing else is not evaluable.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

component_grades as (
    select * from {{ ref('icans_component_grades') }}
),

measured as (
    select assessment_id, 'ice_score' as component, null as charted, ice_score as score from assessments
    where not coalesce(sedated, false)
    union all
    select assessment_id, 'consciousness' as component, consciousness as charted, null as score from assessments
    where not coalesce(sedated, false)
    union all
    select assessment_id, 'seizure' as component, seizure as charted, null as score from assessments
    union all
    select assessment_id, 'motor_weakness' as component, cast(motor_weakness as string) as charted, null as score from assessments
    union all
    select assessment_id, 'raised_icp' as component, raised_icp as charted, null as score from assessments
),

graded as (
    select
        measured.assessment_id,
        max(component_grades.grade) as worst_grade,
        max(case when measured.component in ('ice_score', 'consciousness') then 1 else 0 end) = 1 as is_mental_state_charted
    from measured
    inner join component_grades
        on
            measured.component = component_grades.component
            and (
                measured.charted = component_grades.charted
                or measured.score between component_grades.lowest and component_grades.highest
            )
    group by measured.assessment_id
)

select
    assessments.assessment_id,
    assessments.patient_id,
    assessments.assessed_at,
    assessments.study_day,
    'ICANS' as toxicity,
    assessments.sedated
    and (assessments.ice_score is not null or assessments.consciousness is not null) as is_hidden,
    case when graded.worst_grade > 0 or graded.is_mental_state_charted then graded.worst_grade end as grade
from assessments
left join graded on assessments.assessment_id = graded.assessment_id
