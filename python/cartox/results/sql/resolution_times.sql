-- One row per cohort patient: days from the index time to resolution (event 1), to death without it by the last study day (2), or
-- to the last evaluable assessment of those alive and unresolved (0).
with last_assessments as (
    select
        patient_id,
        max(study_day) as study_day
    from marts.toxicity_days
    where toxicity = $toxicity and is_evaluable
    group by patient_id
),

dated as (
    select
        cohort.patient_id,
        cast(cohort.toxicity_resolved_at as date) - cast(cohort.index_started_at as date) as resolved_after,
        treated.died_on - cast(cohort.index_started_at as date) as died_after,
        greatest(coalesce(last_assessments.study_day, 0) - cohort.index_study_day, 0) as assessed_until,
        cast($last_study_day as integer) - cohort.index_study_day as last_day_after
    from marts.cohort as cohort
    inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
    left join last_assessments on cohort.patient_id = last_assessments.patient_id
)

select
    patient_id,
    case
        when resolved_after is not null then resolved_after
        when died_after <= last_day_after then died_after
        else assessed_until
    end as day,
    case
        when resolved_after is not null then 1
        when died_after <= last_day_after then 2
        else 0
    end as event
from dated
order by patient_id
