with labels as (
    select * from {{ ref('int_cohort__responders') }}
)

select
    patient_id,
    definition,
    is_responder,
    resolved_at,
    not is_responder and died_on is not null as is_dead_unresolved
from labels
