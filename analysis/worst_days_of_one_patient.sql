-- What happened to one patient day by day: grades, ferritin and glucocorticoids? Put the patient's id in place of the one chosen.
-- depends_on: {{ ref('patient_days') }}
with chosen as (
    select min(patient_id) as patient_id from marts.patient_days
)

select
    days.study_day,
    days.date,
    days.icans_grade,
    days.is_icans_lower_bound,
    days.crs_grade,
    days.is_crs_lower_bound,
    round(days.ferritin_ng_ml, 0) as ferritin_ng_ml,
    days.is_ferritin_bound,
    days.dexamethasone_equivalent_mg,
    days.is_dexamethasone_lower_bound
from marts.patient_days as days
inner join chosen on days.patient_id = chosen.patient_id
order by days.study_day
