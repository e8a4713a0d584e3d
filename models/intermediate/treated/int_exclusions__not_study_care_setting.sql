with infusions as (
    select * from {{ ref('int_treated__infusions') }}
    where is_study_indication
)

select
    patient_id,
    'not_study_care_setting' as reason
from infusions
group by patient_id
having not bool_or(is_study_care_setting)
