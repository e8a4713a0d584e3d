with infusions as (
    select * from {{ ref('int_treated__infusions') }}
    where is_study_indication and is_study_care_setting
)

select
    patient_id,
    'not_study_product_target' as reason
from infusions
group by patient_id
having not bool_or(is_study_product_target)
