-- What each assessment says of fever, hypotension and hypoxia, as the grade that each stands for (Lee 2019, table 2).
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

at_assessment as (
    select * from {{ ref('int_toxicity__assessed_vasopressors') }}
),

on_day as (
    select * from {{ ref('int_toxicity__daily_vasopressors') }}
),

component_grades as (
    select * from {{ ref('crs_component_grades') }}
),

measured as (
    select assessment_id, 'oxygen_support' as component, oxygen_support as charted, oxygen_flow_l_min as amount from assessments
    union all
    select assessment_id, 'hypotension' as component, cast(hypotension as string) as charted, null as amount from assessments
    union all
    select assessment_id, 'vasopressors' as component, null as charted, n_vasopressors as amount from at_assessment
    union all
    select assessment_id, 'vasopressin' as component, null as charted, n_vasopressin as amount from at_assessment
    union all
    select assessments.assessment_id, 'vasopressors on day' as component, null as charted, on_day.n_vasopressors as amount
    from assessments
    inner join on_day on assessments.patient_id = on_day.patient_id and assessments.study_day = on_day.study_day
    union all
    select assessments.assessment_id, 'vasopressin on day' as component, null as charted, on_day.n_vasopressin as amount
    from assessments
    inner join on_day on assessments.patient_id = on_day.patient_id and assessments.study_day = on_day.study_day
    union all
    select assessment_id, 'fever' as component, null as charted, temperature_c as amount from assessments
),

graded as (
    select
        measured.assessment_id,
        max(case when measured.component = 'oxygen_support' then component_grades.grade end) as hypoxia_grade,
        max(case when measured.component in ('hypotension', 'vasopressors', 'vasopressin') then component_grades.grade end)
            as hypotension_grade,
        max(case when measured.component like 'vasopress% on day' then component_grades.grade end) as day_hypotension_grade,
        max(case when measured.component = 'fever' then component_grades.grade end) as fever_grade
    from measured
    inner join component_grades
        on
            replace(measured.component, ' on day', '') = component_grades.component
            and (component_grades.charted is null or measured.charted = component_grades.charted)
            and (component_grades.above is null or measured.amount > component_grades.above)
            and (component_grades.at_least is null or measured.amount >= component_grades.at_least)
    group by measured.assessment_id
)

select
    assessments.assessment_id,
    assessments.patient_id,
    assessments.assessed_at,
    assessments.study_day,
    greatest(graded.fever_grade, 0) as fever_grade,
    greatest(graded.hypotension_grade, 0) as hypotension_grade,
    greatest(graded.hypotension_grade, graded.day_hypotension_grade, 0) as day_hypotension_grade,
    greatest(graded.hypoxia_grade, 0) as hypoxia_grade,
    assessments.temperature_c is not null
    or assessments.hypotension is not null
    or assessments.vasopressors is not null
    or assessments.oxygen_support is not null as is_charted
from assessments
left join graded on assessments.assessment_id = graded.assessment_id
