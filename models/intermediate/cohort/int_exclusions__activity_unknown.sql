with activity as (
    select * from {{ ref('int_cohort__activity') }}
)

select
    patient_id,
    'activity_unknown' as reason
from activity
where not is_known
