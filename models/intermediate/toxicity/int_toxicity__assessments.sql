-- The bedside assessments of the treated population from the time of infusion on: what was charted before, on day 0 too, belongs
-- to the patient before CAR-T.
with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    assessments.*,
    {{ days_between('treated.infused_at', 'assessments.assessed_at') }} as study_day
from assessments
inner join treated on assessments.patient_id = treated.patient_id
where assessments.assessed_at >= treated.infused_at
