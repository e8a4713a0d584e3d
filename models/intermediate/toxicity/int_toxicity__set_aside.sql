-- Assessments that were set aside though their patient and time were read: somebody charted something, and of what grade it was
-- nobody can tell.
with set_aside as (
    select distinct patient_id, assessed_at
    from {{ set_aside('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

toxicities as (
    select * from {{ ref('toxicities') }}
)

select
    toxicities.toxicity,
    set_aside.patient_id,
    set_aside.assessed_at,
    {{ days_between('treated.infused_at', 'set_aside.assessed_at') }} as study_day,
    toxicities.highest_computed_grade as highest_grade
from set_aside
inner join treated on set_aside.patient_id = treated.patient_id
cross join toxicities
where set_aside.assessed_at >= treated.infused_at
