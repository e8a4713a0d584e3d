with unread_doses as (
    select * from {{ ref('int_cohort__unread_index_doses') }}
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
)

select distinct
    patient_id,
    'index_unknown' as reason
from unread_doses
where patient_id not in (select index_time.patient_id from index_time)
