with labels as (
    select * from {{ ref('int_response__labels') }}
)

select
    patient_id,
    definition,
    is_responder,
    resolved_at,
    not is_responder and died_on is not null as is_dead_unresolved
from labels
