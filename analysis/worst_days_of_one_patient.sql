-- What happened to one patient day by day: grades, ferritin and glucocorticoids? Put the patient's id in place of the one chosen.
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('toxicity_days') }}
-- depends_on: {{ ref('lab_daily_grid') }}
-- depends_on: {{ ref('steroid_days') }}
with chosen as (
    select min(patient_id) as patient_id from marts.cohort
),

grades as (
    select
        days.patient_id,
        days.study_day,
        max(case when days.toxicity = 'ICANS' then days.grade end) as icans_grade,
        max(case when days.toxicity = 'CRS' then days.grade end) as crs_grade
    from marts.toxicity_days as days
    inner join chosen on days.patient_id = chosen.patient_id
    group by days.patient_id, days.study_day
)

select
    grades.study_day,
    grades.icans_grade,
    grades.crs_grade,
    round(ferritin.value, 0) as ferritin_ng_ml,
    ferritin.value_origin as ferritin_origin,
    ferritin.is_right_censored as ferritin_is_lower_bound,
    steroids.dexamethasone_equivalent_mg
from grades
left join marts.lab_daily_grid as ferritin
    on
        grades.patient_id = ferritin.patient_id
        and grades.study_day = ferritin.study_day
        and ferritin.analyte = 'ferritin'
left join marts.steroid_days as steroids
    on
        grades.patient_id = steroids.patient_id
        and grades.study_day = steroids.study_day
order by grades.study_day
