-- The bedside assessments of the treated population from the time of infusion on: what was charted before, on day 0 too, belongs
-- to the patient before CAR-T. Of one of that day nobody knows where its time or that of the infusion is a date alone.
with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    assessments.*,
    {{ days_between('treated.infused_at', 'assessments.assessed_at') }} as study_day,
    assessments.assessed_at < treated.infused_at
    or (treated.is_infusion_date_alone and {{ days_between('treated.infused_at', 'assessments.assessed_at') }} = 0)
        as may_be_before_infusion,
    case when assessments.is_date_alone then {{ days_after('assessments.assessed_at', 1) }} else assessments.assessed_at end
        as assessed_until
from assessments
inner join treated on assessments.patient_id = treated.patient_id
where
    assessments.assessed_at >= treated.infused_at
    or (assessments.is_date_alone and {{ days_between('treated.infused_at', 'assessments.assessed_at') }} = 0)
