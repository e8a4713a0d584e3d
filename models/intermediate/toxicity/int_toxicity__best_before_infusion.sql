-- The best that was charted before infusion: what is not worse is no evidence of toxicity. A row of the day of infusion whose
-- time is a date alone may be of the hours after it.
with assessments as (
    select * from {{ accepted('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

oxygen as (
    select * from {{ ref('int_toxicity__oxygen_grades') }}
)

select
    assessments.patient_id,
    max(assessments.ice_score) as ice_score,
    bool_and(assessments.motor_weakness) as motor_weakness,
    min(oxygen.grade) as oxygen_grade
from assessments
inner join treated on assessments.patient_id = treated.patient_id
left join oxygen on assessments.assessment_id = oxygen.assessment_id
where
    assessments.assessed_at < treated.infused_at
    and (
        assessments.assessed_at != cast(assessments.assessed_at as date)
        or {{ days_between('assessments.assessed_at', 'treated.infused_at') }} > 0
    )
group by assessments.patient_id
