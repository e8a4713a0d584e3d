-- The grade that the support of breathing stands for (Lee 2019, table 2). Of a device whose grade depends on a flow that is not
-- known, the lowest, and the highest beside it; without any flow it is none.
with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
),

component_grades as (
    select * from {{ ref('crs_component_grades') }}
    where component = 'oxygen_support'
),

graded as (
    select
        assessments.assessment_id,
        component_grades.grade,
        component_grades.above is null or assessments.oxygen_flow_l_min > component_grades.above as is_reached,
        component_grades.above is not null and assessments.oxygen_flow_l_min = 0 as is_without_flow
    from assessments
    inner join component_grades on assessments.oxygen_support = component_grades.charted
)

select
    assessment_id,
    case when bool_or(is_without_flow) then 0 else max(case when is_reached then grade end) end as grade,
    case when bool_or(is_without_flow) then 0 else max(case when coalesce(is_reached, true) then grade end) end as highest_grade
from graded
group by assessment_id
