-- What each assessment says of fever, hypotension and hypoxia, as the grade that each stands for (Lee 2019, table 2), and what of
-- them it does not say, or may not say. A device of oxygen that is no more than the patient had before infusion stands for none.
with assessments as {{ inline() }} (
    select * from {{ ref('int_toxicity__assessments') }}
),

at_assessment as (
    select * from {{ ref('int_toxicity__assessed_vasopressors') }}
),

on_day as (
    select * from {{ ref('int_toxicity__daily_vasopressors') }}
),

oxygen as (
    select * from {{ ref('int_toxicity__oxygen_grades') }}
),

before_infusion as (
    select * from {{ ref('int_toxicity__best_before_infusion') }}
),

component_grades as (
    select * from {{ ref('crs_component_grades') }}
),

unread_vasopressors as (
    select * from {{ ref('int_toxicity__unread_vasopressors') }}
),

{% set counts = ['vasopressors', 'vasopressin', 'assumed_vasopressors'] -%}
measured as (
    select assessment_id, 'hypotension' as component, false as is_of_day, cast(hypotension as string) as charted, null as amount
    from assessments
    union all
    {% for component in counts + ['unknown_vasopressors'] %}
        select assessment_id, '{{ component }}' as component, false as is_of_day, null as charted, n_{{ component }} as amount
        from at_assessment
        union all
    {% endfor %}
    {% for component in counts %}
        select
            assessments.assessment_id, '{{ component }}' as component, true as is_of_day, null as charted,
            on_day.n_{{ component }} as amount
        from assessments
        inner join on_day on assessments.patient_id = on_day.patient_id and assessments.study_day = on_day.study_day
        union all
    {% endfor %}
    select assessment_id, 'fever' as component, false as is_of_day, null as charted, temperature_c as amount from assessments
),

graded as (
    select
        measured.assessment_id,
        max(case when component_grades.component = 'fever' then component_grades.grade end) as fever_grade,
        max(case when component_grades.component != 'fever' and not measured.is_of_day then component_grades.grade end)
            as hypotension_grade,
        max(case when component_grades.component != 'fever' then component_grades.grade end) as day_hypotension_grade,
        bool_or(component_grades.component in ('assumed_vasopressors', 'unknown_vasopressors') and not measured.is_of_day)
            as is_assumed,
        bool_or(component_grades.component in ('assumed_vasopressors', 'unknown_vasopressors')) as is_day_assumed,
        bool_or(component_grades.component in ('vasopressors', 'vasopressin') and not measured.is_of_day) as has_vasopressor
    from measured
    inner join component_grades
        on
            measured.component = component_grades.component
            and (component_grades.charted is null or measured.charted = component_grades.charted)
            and (component_grades.above is null or measured.amount > component_grades.above)
            and (component_grades.at_least is null or measured.amount >= component_grades.at_least)
    group by measured.assessment_id
)

select
    assessments.assessment_id,
    assessments.patient_id,
    assessments.assessed_at,
    assessments.assessed_until,
    assessments.study_day,
    assessments.may_be_before_infusion,
    case when assessments.temperature_c is not null then greatest(graded.fever_grade, 0) end as fever_grade,
    {{ was_nulled('temperature_c', 'assessments') }}
    or (assessments.may_be_before_infusion and coalesce(graded.fever_grade > 0, false))
    or (
        assessments.temperature_c is null and coalesce(assessments.recorded_crs_grade >= 1, false)
        and {{ is_astct_grade('assessments.assessed_at') }}
    ) as may_be_fever,
    greatest(graded.hypotension_grade, 0) as hypotension_grade,
    greatest(graded.day_hypotension_grade, 0) as day_hypotension_grade,
    case when oxygen.grade > coalesce(before_infusion.oxygen_grade, 0) then oxygen.grade else 0 end as hypoxia_grade,
    case when oxygen.highest_grade > coalesce(before_infusion.oxygen_grade, 0) then oxygen.highest_grade else 0 end
        as highest_hypoxia_grade,
    coalesce(oxygen.grade != 0 and oxygen.grade <= before_infusion.oxygen_grade, false) as is_oxygen_left_out,
    (assessments.hypotension is not null or coalesce(graded.has_vasopressor, false))
    and oxygen.grade is not null as is_support_charted,
    coalesce(graded.is_assumed, false) or unread_vasopressors.patient_id is not null as is_assumed,
    coalesce(graded.is_day_assumed, false) or unread_vasopressors.patient_id is not null as is_day_assumed,
    assessments.temperature_c is not null
    or assessments.hypotension is not null
    or assessments.vasopressors is not null
    or assessments.oxygen_support is not null
    or {{ was_nulled('(temperature_c|hypotension|oxygen_support)', 'assessments') }} as is_charted,
    {{ was_nulled('(temperature_c|hypotension|vasopressors|oxygen_support|oxygen_flow_l_min)', 'assessments') }} as is_unread,
    assessments.temperature_c is null and not {{ was_nulled('temperature_c', 'assessments') }} as is_temperature_blank
from assessments
left join graded on assessments.assessment_id = graded.assessment_id
left join oxygen on assessments.assessment_id = oxygen.assessment_id
left join before_infusion on assessments.patient_id = before_infusion.patient_id
left join unread_vasopressors
    on assessments.patient_id = unread_vasopressors.patient_id and assessments.study_day = unread_vasopressors.study_day
