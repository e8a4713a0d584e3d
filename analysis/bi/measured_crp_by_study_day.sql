-- How did CRP run in responders and non-responders? Measured days alone.
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('lab_daily_grid') }}
select
    cohort.study_group,
    grid.study_day,
    count(*) as n_measured,
    median(grid.observed_value) as median_crp_mg_l,
    count(*) filter (where grid.is_right_censored) as n_lower_bounds
from marts.cohort as cohort
inner join marts.lab_daily_grid as grid on cohort.patient_id = grid.patient_id
where grid.analyte = 'crp' and grid.value_origin = 'observed'
group by cohort.study_group, grid.study_day
order by cohort.study_group, grid.study_day
