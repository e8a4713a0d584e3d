with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

responders as (
    select * from {{ ref('int_cohort__responders') }}
)

select
    responders.patient_id,
    responders.definition,
    responders.resolved_at is not null as is_responder,
    responders.resolved_at,
    responders.resolved_at is null and responders.died_on is not null as is_dead_unresolved
from responders
inner join cohort on responders.patient_id = cohort.patient_id
