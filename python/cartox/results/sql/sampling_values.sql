-- One row per cohort patient, analyte of the grid and measure: days covered by a value, and results on each of those days.
with curves as (
    select
        grid.patient_id,
        grid.analyte,
        sum(grid.n_results) as n_results,
        count(*) filter (where grid.value is not null) as n_days
    from marts.lab_daily_grid as grid
    group by grid.patient_id, grid.analyte
),

measured as (
    select
        curves.patient_id,
        curves.analyte,
        'days_covered' as measure,
        cast(curves.n_days as double) as value
    from curves
    union all
    select
        curves.patient_id,
        curves.analyte,
        'results_per_day' as measure,
        curves.n_results / nullif(curves.n_days, 0) as value
    from curves
)

select
    measured.analyte,
    measured.measure,
    cohort.study_group,
    measured.value
from measured
inner join marts.cohort as cohort on measured.patient_id = cohort.patient_id
order by measured.analyte, measured.measure, cohort.study_group, measured.patient_id
