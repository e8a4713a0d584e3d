-- The first study day on which each patient who died, or may have, may have died: the day of death, or, where that is not known,
-- the last day on which the patient was seen alive. A record that leaves open whether its patient lives is no silence; without a
-- record nothing tells of a death.
with treated as (
    select * from {{ ref('int_treated__patients') }}
    where
        is_dead
        or (is_dead is null and patient_id in (select told.patient_id from {{ ref('int_records__vital_status') }} as told))
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

last_assessed as (
    select patient_id, max(study_day) as study_day
    from assessments
    group by patient_id
)

select
    treated.patient_id,
    {{ days_between('treated.infused_at', 'treated.died_on') }} as death_day,
    coalesce(
        {{ days_between('treated.infused_at', 'treated.died_on') }},
        greatest(
            {{ days_between('treated.infused_at', 'treated.last_contact_on') }},
            last_assessed.study_day
        )
    ) as earliest_death_day
from treated
left join last_assessed on treated.patient_id = last_assessed.patient_id
