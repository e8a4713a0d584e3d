-- The ASTCT grade of ICANS at each assessment, as a lower bound and whether it is complete: the worst domain (Lee 2019,
-- table 6). Under sedation neither the ICE score nor consciousness can be attributed; a domain that is no worse than before
-- infusion is left out.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

before_infusion as (
    select * from {{ ref('int_toxicity__best_before_infusion') }}
),

component_grades as (
    select * from {{ ref('icans_component_grades') }}
),

seen as (
    select
        assessments.*,
        coalesce(assessments.sedated, {{ was_nulled('sedated', 'assessments') }}) as is_sedated,
        coalesce(assessments.ice_score >= before_infusion.ice_score, false) as is_ice_no_worse,
        coalesce(before_infusion.motor_weakness, false) as is_weakness_no_worse
    from assessments
    left join before_infusion on assessments.patient_id = before_infusion.patient_id
),

measured as (
    select assessment_id, 'ice_score' as component, null as charted, ice_score as score, is_ice_no_worse as is_no_worse
    from seen
    where not is_sedated
    union all
    select assessment_id, 'consciousness' as component, consciousness as charted, null as score, false as is_no_worse
    from seen
    where not is_sedated
    union all
    select assessment_id, 'seizure' as component, seizure as charted, null as score, false as is_no_worse from seen
    union all
    select
        assessment_id, 'motor_weakness' as component, cast(motor_weakness as string) as charted, null as score,
        is_weakness_no_worse as is_no_worse
    from seen
    union all
    select assessment_id, 'raised_icp' as component, raised_icp as charted, null as score, false as is_no_worse from seen
),

graded as (
    select
        measured.assessment_id,
        measured.component,
        component_grades.grade,
        measured.is_no_worse and component_grades.grade > 0 as is_left_out
    from measured
    inner join component_grades
        on
            measured.component = component_grades.component
            and (
                measured.charted = component_grades.charted
                or measured.score between component_grades.lowest and component_grades.highest
            )
),

summed as (
    select
        assessment_id,
        max(case when not is_left_out then grade end) as worst_grade,
        count(case when component != 'raised_icp' and not is_left_out then 1 end) as n_domains,
        bool_or(component = 'ice_score' and grade = 0) as is_ice_full,
        {%- if plain_var('alert_without_ice') == 'grade_0' %}
            bool_or(component = 'consciousness' and grade = 0) as is_alert,
        {%- endif %}
        bool_or(is_left_out) as is_left_out
    from graded
    group by assessment_id
),

judged as (
    select
        seen.assessment_id,
        seen.patient_id,
        seen.assessed_at,
        seen.study_day,
        seen.is_sedated,
        coalesce(summed.worst_grade, 0) as worst_grade,
        summed.n_domains = 4 as is_every_domain_graded,
        summed.is_ice_full
        {%- if plain_var('alert_without_ice') == 'grade_0' %}
            or (seen.ice_score is null and summed.is_alert)
        {%- endif %} as is_zero_shown,
        coalesce(summed.is_left_out, false) as is_left_out,
        summed.assessment_id is not null or seen.is_sedated as is_any_charted,
        seen.ice_score is not null
        or seen.consciousness is not null
        or {{ was_nulled('(ice_score|consciousness)', 'seen') }} as is_mental_state_charted,
        {{ was_nulled('(ice_score|consciousness|seizure|motor_weakness|raised_icp|sedated)', 'seen') }} as is_unreadable
    from seen
    left join summed on seen.assessment_id = summed.assessment_id
)

select
    assessment_id,
    patient_id,
    assessed_at,
    study_day,
    'ICANS' as toxicity,
    is_any_charted or is_unreadable as is_charted,
    is_sedated and is_mental_state_charted as is_hidden,
    is_zero_shown and not is_unreadable as is_zero_shown,
    false as is_zero_refuted,
    {% for prefix in ['', 'day_'] %}
        worst_grade as {{ prefix }}bound,
        is_every_domain_graded and not is_unreadable as is_{{ prefix }}complete,
    {% endfor %}
    is_left_out
from judged
