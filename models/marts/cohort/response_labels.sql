with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

responders as (
    select * from {{ ref('int_cohort__responders') }}
)

select
    responders.patient_id,
    responders.definition,
    responders.outcome,
    responders.outcome = 'responder' as is_responder,
    responders.resolved_at,
    responders.outcome != 'responder' and responders.is_dead as is_dead_unresolved
from responders
inner join cohort on responders.patient_id = cohort.patient_id
