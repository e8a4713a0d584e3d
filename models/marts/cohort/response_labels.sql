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
    case responders.outcome when 'responder' then true when 'non_responder' then false end as is_responder,
    responders.resolved_at,
    case
        when responders.outcome = 'responder' or not responders.is_dead then false
        when responders.outcome = 'non_responder' and responders.is_dead then true
    end as is_dead_unresolved
from responders
inner join cohort on responders.patient_id = cohort.patient_id
