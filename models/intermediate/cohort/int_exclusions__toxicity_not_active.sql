with activity as (
    select * from {{ ref('int_cohort__activity') }}
)

select
    patient_id,
    'toxicity_not_active' as reason
from activity
where not is_active
