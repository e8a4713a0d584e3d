with seen as (
    select * from {{ ref('int_cohort__seen_toxicities') }}
)

select
    patient_id,
    'other_toxicity_only' as reason
from seen
where is_any_seen and not is_index_toxicity_seen
