-- The ASTCT grade of CRS at each assessment. `grade` knows only what was known by then; `day_grade` is what the assessment
-- adds to its calendar day, for which fever and overlapping vasopressors of the whole day count (Lee 2019).
with episodes as (
    select * from {{ ref('int_toxicity__crs_episodes') }}
),

administrations as (
    select * from {{ accepted('medication_administrations') }}
    where status = 'given'
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where waives_fever
),

waivers as (
    select
        episodes.patient_id,
        episodes.episode_started_at,
        min(administrations.started_at) as waived_from
    from (select distinct patient_id, episode_started_at from episodes) as episodes
    inner join administrations
        on
            episodes.patient_id = administrations.patient_id
            and episodes.episode_started_at <= administrations.started_at
    inner join roles on administrations.drug_class = roles.drug_class
    where administrations.drug_class != 'glucocorticoid' or administrations.is_systemic_route
    group by episodes.patient_id, episodes.episode_started_at
)

select
    episodes.assessment_id,
    episodes.patient_id,
    episodes.assessed_at,
    episodes.study_day,
    'CRS' as toxicity,
    false as is_hidden,
    case
        when not episodes.is_charted then null
        when episodes.fever_grade_so_far > 0
            then greatest(episodes.fever_grade_so_far, episodes.hypotension_grade, episodes.hypoxia_grade)
        when episodes.assessed_at >= waivers.waived_from then greatest(episodes.hypotension_grade, episodes.hypoxia_grade)
        else 0
    end as grade,
    case
        when not episodes.is_charted then null
        when episodes.day_fever_grade > 0
            then greatest(episodes.day_fever_grade, episodes.day_hypotension_grade, episodes.hypoxia_grade)
        when episodes.assessed_at >= waivers.waived_from
            then greatest(episodes.day_hypotension_grade, episodes.hypoxia_grade)
        else 0
    end as day_grade
from episodes
left join waivers
    on episodes.patient_id = waivers.patient_id and episodes.episode_started_at = waivers.episode_started_at
