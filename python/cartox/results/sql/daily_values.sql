-- One row per measure, cohort patient and study day: what a daily summary is made of. Glucocorticoids add up over the days; the
-- dose of a patient whose drugs nobody can recognize is unknown on every day.
with labs as (
    select
        grid.analyte as measure,
        analytes.canonical_unit as unit,
        grid.patient_id,
        grid.study_day,
        grid.value,
        grid.is_left_censored as is_at_most,
        grid.is_right_censored as is_at_least,
        grid.certainty = 'estimated' as is_estimate
    from marts.lab_daily_grid as grid
    left join seeds.analytes as analytes on grid.analyte = analytes.analyte
),

doses as (
    select
        'cumulative_steroids' as measure,
        'mg' as unit,
        days.patient_id,
        days.study_day,
        days.cumulative_dexamethasone_equivalent_mg as value,
        false as is_at_most,
        days.cumulative_dexamethasone_certainty = 'at_least' as is_at_least,
        days.cumulative_dexamethasone_certainty = 'estimated' as is_estimate
    from marts.patient_days as days
),

measured as (
    select * from labs
    union all
    select * from doses
)

select
    measured.measure,
    measured.unit,
    measured.study_day,
    cohort.study_group,
    measured.value,
    measured.is_at_most,
    measured.is_at_least,
    measured.is_estimate
from measured
inner join marts.cohort as cohort on measured.patient_id = cohort.patient_id
order by measured.measure, measured.study_day, cohort.study_group, measured.patient_id
