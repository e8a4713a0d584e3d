-- The grade that the support of breathing stands for (Lee 2019, table 2). Of a device whose grade depends on a flow that is not
-- known, the lowest; without any flow it is none.
with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
),

component_grades as (
    select * from {{ ref('crs_component_grades') }}
    where component = 'oxygen_support'
)

select
    assessments.assessment_id,
    case
        when max(assessments.oxygen_flow_l_min) = 0 and bool_or(component_grades.above is not null) then 0
        else max(
            case
                when component_grades.above is null or assessments.oxygen_flow_l_min > component_grades.above
                    then component_grades.grade
            end
        )
    end as grade,
    bool_or(component_grades.above is not null and assessments.oxygen_flow_l_min is null) as is_flow_missing
from assessments
inner join component_grades on assessments.oxygen_support = component_grades.charted
group by assessments.assessment_id
