-- One row per cohort patient and analyte: the covered days of the grid with their values, in order, and which of these are
-- bounds: at least the value (beyond the assay's upper limit, or on a line towards such a value), at most it, or both. Estimates stand where what was measured that day cannot be used; where no line
-- reaches such a day, it has no value.
select
    grid.patient_id,
    grid.analyte,
    coalesce(list(grid.study_day order by grid.study_day) filter (where grid.value is not null), [])
        as covered_days,
    coalesce(list(grid.value order by grid.study_day) filter (where grid.value is not null), []) as covered_values,
    coalesce(list(grid.value_origin order by grid.study_day) filter (where grid.value is not null), []) as origins,
    coalesce(list(grid.is_left_censored order by grid.study_day) filter (where grid.value is not null), []) as are_at_most,
    coalesce(list(grid.is_right_censored order by grid.study_day) filter (where grid.value is not null), []) as are_at_least,
    coalesce(list(grid.certainty = 'estimated' order by grid.study_day) filter (where grid.value is not null), [])
        as are_estimates,
    coalesce(list(grid.study_day order by grid.study_day) filter (where grid.value is null and grid.is_unread), [])
        as unread_days,
    cohort.index_study_day,
    date_diff('day', cast(treated.infused_at as date), treated.died_on) as death_day,
    coalesce(treated.is_dead, false) and treated.died_on is null as is_death_undated,
    analytes.canonical_unit
from marts.cohort as cohort
inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
inner join marts.lab_daily_grid as grid on cohort.patient_id = grid.patient_id
left join seeds.analytes as analytes on grid.analyte = analytes.analyte
group by grid.patient_id, grid.analyte, cohort.index_study_day, treated.infused_at, treated.died_on, treated.is_dead,
    analytes.canonical_unit
order by grid.patient_id, grid.analyte
