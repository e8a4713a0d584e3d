with treated as (
    select * from {{ ref('int_treated__patients') }}
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

unread_doses as (
    select * from {{ ref('int_cohort__unread_index_doses') }}
)

select
    patient_id,
    'no_index_drug' as reason
from treated
where
    patient_id not in (select index_time.patient_id from index_time)
    and patient_id not in (select unread_doses.patient_id from unread_doses)
