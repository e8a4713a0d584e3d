-- Each assessment with the start of the CRS episode it lies in. An episode opens with the first fever and lasts until two
-- calendar days in a row, both charted, are free of fever, hypotension and hypoxia.
with components as (
    select * from {{ ref('int_toxicity__crs_components') }}
),

days as (
    select
        patient_id,
        study_day,
        max(greatest(fever_grade, day_hypotension_grade, hypoxia_grade)) = 0 as is_clear
    from components
    where is_charted
    group by patient_id, study_day
),

paired as (
    select
        *,
        lead(study_day) over (partition by patient_id order by study_day) as next_day,
        lead(is_clear) over (partition by patient_id order by study_day) as is_next_clear
    from days
),

stretches as (
    select
        patient_id,
        study_day,
        sum(case when is_clear and is_next_clear and next_day = study_day + 1 then 1 else 0 end)
            over (partition by patient_id order by study_day) as stretch
    from paired
)

select
    components.*,
    max(components.fever_grade)
        over (partition by components.patient_id, components.study_day order by components.assessed_at)
        as fever_grade_so_far,
    max(components.fever_grade) over (partition by components.patient_id, components.study_day) as day_fever_grade,
    min(case when components.fever_grade > 0 then components.assessed_at end)
        over (partition by components.patient_id, stretches.stretch order by components.assessed_at)
        as episode_started_at
from components
left join stretches
    on components.patient_id = stretches.patient_id and components.study_day = stretches.study_day
