-- Deaths of the treated population with what the site recorded of their cause. A toxicity death has CRS, ICANS or both as its
-- primary cause; without a known cause nobody knows whether it was one. Relapse is progression dated by the site or seen at a
-- response assessment, by the day of death; one that cannot be read may have shown it.
with treated as (
    select * from {{ ref('int_treated__patients') }}
    where is_dead
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

causes as (
    select * from {{ ref('causes_of_death') }}
),

progressions as (
    select
        categories.patient_id,
        min(case when categories.response = 'PD' then categories.assessed_on end) as progressed_on,
        bool_or(categories.is_unread and coalesce(categories.assessed_on <= treated.died_on, true)) as has_unread
    from {{ ref('int_disease__scans') }} as categories
    inner join treated on categories.patient_id = treated.patient_id
    group by categories.patient_id
),

dated as (
    select
        treated.patient_id,
        treated.died_on,
        {{ days_between('treated.infused_at', 'treated.died_on') }} as death_day,
        least(vital_status.progressed_on, progressions.progressed_on) as relapsed_on,
        upper(vital_status.cause_of_death) as cause_of_death,
        upper(vital_status.contributing_cause) as contributing_cause,
        vital_status.is_progression_unclear or coalesce(progressions.has_unread, false) as is_progression_unclear
    from treated
    inner join vital_status on treated.patient_id = vital_status.patient_id
    left join progressions on treated.patient_id = progressions.patient_id
)

select
    dated.*,
    dated.relapsed_on is not null and coalesce(dated.relapsed_on <= dated.died_on, true) as is_relapsed,
    causes.is_toxicity as is_toxicity_death
from dated
left join causes on dated.cause_of_death = causes.cause_of_death
