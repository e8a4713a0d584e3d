-- The last charted ICE score and oxygen support before infusion: what was there before is no toxicity.
with assessments as {{ inline() }} (
    select * from {{ accepted('toxicity_assessments') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

charted as (
    select assessment_id, patient_id, assessed_at, 'ice_score' as component, ice_score, null as oxygen_support
    from assessments
    where ice_score is not null
    union all
    select assessment_id, patient_id, assessed_at, 'oxygen_support' as component, null as ice_score, oxygen_support
    from assessments
    where oxygen_support is not null
),

ranked as (
    select
        charted.*,
        {{ days_between('treated.infused_at', 'charted.assessed_at') }} as study_day,
        row_number() over (
            partition by charted.patient_id, charted.component order by charted.assessed_at desc, charted.assessment_id asc
        ) as recency
    from charted
    inner join treated on charted.patient_id = treated.patient_id
    where charted.assessed_at < treated.infused_at
)

select
    patient_id,
    component,
    study_day,
    assessment_id,
    ice_score,
    oxygen_support
from ranked
where recency = 1
