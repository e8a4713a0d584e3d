-- The ASTCT grade of ICANS at each assessment, a lower bound and whether it is complete: the worst domain (Lee 2019, table 6).
-- Where the ICE score alone is missing or unreadable it could make the grade no higher than its own highest. Under sedation ICE
-- score and consciousness cannot be attributed; a domain that is no worse than before infusion is left out.
{%- set blank = 'ice_grade is null and bound = 0 and not (is_sedated or is_unreadable or is_weakness_left_out)' %}
{%- set words = {
    'consciousness': 'case when not judged.is_sedated then judged.consciousness end',
    'seizure': 'judged.seizure',
    'motor_weakness': 'cast(judged.motor_weakness as string)',
    'raised_icp': 'judged.raised_icp',
} %}
with component_grades as (
    select *, max(case when component = 'ice_score' then grade end) over () as highest_ice_grade
    from {{ ref('icans_component_grades') }}
),

judged as (
    select
        assessments.*,
        coalesce(assessments.sedated, {{ was_nulled('sedated', 'assessments') }}) as is_sedated,
        coalesce(cast(assessments.ice_score as string), assessments.consciousness) is not null
        or {{ was_nulled('(ice_score|consciousness)', 'assessments') }} as is_mental_state_charted,
        {{ was_nulled('(ice_score|consciousness|seizure|motor_weakness|raised_icp|sedated)', 'assessments') }} as is_unreadable,
        {{ was_nulled('(seizure|motor_weakness|raised_icp|sedated)', 'assessments') }} as is_unread_yet
    from {{ ref('int_toxicity__assessments') }} as assessments
),

graded as (
    select
        judged.*,
        {% for word in words %}
            {{ word }}_grades.grade as {{ word }}_grade,
        {% endfor %}
        ice_grades.grade as ice_grade,
        consciousness_grades.highest_ice_grade,
        coalesce(ice_grades.grade > 0 and judged.ice_score >= before_infusion.ice_score, false) as is_ice_left_out,
        coalesce(motor_weakness_grades.grade > 0 and before_infusion.motor_weakness, false) as is_weakness_left_out
    from judged
    left join {{ ref('int_toxicity__best_before_infusion') }} as before_infusion on judged.patient_id = before_infusion.patient_id
    left join component_grades as ice_grades
        on
            ice_grades.component = 'ice_score'
            and case when not judged.is_sedated then judged.ice_score end between ice_grades.lowest and ice_grades.highest
    {% for word, charted in words.items() %}
        left join component_grades as {{ word }}_grades
            on {{ word }}_grades.component = '{{ word }}' and {{ charted }} = {{ word }}_grades.charted
    {% endfor %}
),

bounded as (
    select
        *,
        greatest(
            case when not is_ice_left_out then ice_grade end, case when not is_weakness_left_out then motor_weakness_grade end,
            consciousness_grade, seizure_grade, raised_icp_grade, 0
        ) as bound,
        case
            when not (is_weakness_left_out or is_unread_yet or consciousness_grade + seizure_grade + motor_weakness_grade is null)
                then greatest(highest_ice_grade, consciousness_grade, seizure_grade, motor_weakness_grade, raised_icp_grade)
        end as highest_bound,
        ice_grade + consciousness_grade + seizure_grade + motor_weakness_grade is not null
        and not (is_ice_left_out or is_weakness_left_out or is_unreadable) as is_complete
    from graded
)

select
    assessment_id, patient_id, assessed_at, study_day, 'ICANS' as toxicity,
    coalesce(ice_grade, consciousness_grade, seizure_grade, motor_weakness_grade, raised_icp_grade) is not null
    or is_sedated or is_unreadable as is_charted,
    case when is_sedated then is_unread_yet else is_unreadable end as is_unread,
    is_sedated and is_mental_state_charted as is_hidden,
    (
        coalesce(ice_grade = 0, false)
        {%- if plain_var('alert_without_ice') == 'grade_0' %}
            or coalesce(ice_score is null and consciousness_grade = 0, false)
        {%- endif %}
    ) and not is_unreadable as is_zero_shown,
    false as is_zero_refuted, {{ blank }} as is_blank, bound, bound as day_bound, is_complete, is_complete as is_day_complete,
    highest_bound, highest_bound as highest_day_bound,
    is_ice_left_out or is_weakness_left_out as is_left_out
from bounded
