-- Deaths of the treated population; a toxicity death has CRS, ICANS or both as its primary cause.
with treated as (
    select * from {{ ref('int_population__treated') }}
    where died_on is not null
),

vital_status as (
    select * from {{ ref('int_vital_status__accepted') }}
),

causes as (
    select * from {{ ref('causes_of_death') }}
)

select
    treated.patient_id,
    treated.died_on,
    causes.cause_of_death,
    coalesce(causes.is_toxicity, false) as is_toxicity_death
from treated
inner join vital_status on treated.patient_id = vital_status.patient_id
left join causes on vital_status.cause_of_death = lower(causes.cause_of_death)
