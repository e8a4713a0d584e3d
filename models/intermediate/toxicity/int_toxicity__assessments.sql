-- The bedside assessments of the treated population from the day of infusion on.
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
where {{ days_between('treated.infused_at', 'assessments.assessed_at') }} >= 0
