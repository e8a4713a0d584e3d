with seen as (
    select * from {{ ref('int_cohort__seen_toxicities') }}
)

select
    patient_id,
    'no_toxicity' as reason
from seen
where not is_any_seen
