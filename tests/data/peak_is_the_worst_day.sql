with cohort as (
    select patient_id, 'ICANS' as toxicity, peak_icans_grade as peak_grade from {{ ref('cohort') }}
    union all
    select patient_id, 'CRS' as toxicity, peak_crs_grade as peak_grade from {{ ref('cohort') }}
),

worst_days as (
    select
        patient_id,
        toxicity,
        max(grade) as worst_grade
    from {{ ref('toxicity_days') }}
    group by patient_id, toxicity
)

select cohort.*
from cohort
inner join worst_days on cohort.patient_id = worst_days.patient_id and cohort.toxicity = worst_days.toxicity
where cohort.peak_grade is distinct from worst_days.worst_grade
