with infusions as (
    select * from {{ ref('int_treated__infusions') }}
)

select
    patient_id,
    'unknown_indication' as reason
from infusions
group by patient_id
having not bool_or(is_study_indication) and bool_or(indication_group is null)
