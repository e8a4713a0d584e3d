-- Every patient on record. Rows of one patient that differ are set aside, and the patient stays: what they agree in is known.
with rows_of_patients as (
    select * from {{ ref('int_patients__all') }}
    where disposition = 'accepted' or reason = 'conflicting_id'
)

select
    patient_id,
    case when count(distinct birth_date) = 1 and count(birth_date) = count(*) then min(birth_date) end as birth_date,
    case when count(distinct sex) = 1 then min(sex) else 'unknown' end as sex
from rows_of_patients
where patient_id is not null
group by patient_id
