with patients as (
    select distinct patient_id from {{ ref('int_patients__all') }}
    where disposition = 'accepted'
),

accounted as (
    select patient_id from {{ ref('cohort') }}
    union all
    select distinct patient_id from {{ ref('cohort_exclusions') }}
)

select
    patients.patient_id,
    count(accounted.patient_id) as n_places
from patients
left join accounted on patients.patient_id = accounted.patient_id
group by patients.patient_id
having count(accounted.patient_id) != 1
