-- One row per cohort patient, analyte of the grid, study day with a result and choice of what stands for the day: the mean or the
-- last of the results that count, and whether a result beyond the assay's limits makes it a bound.
with counted as (
    select
        results.patient_id,
        results.analyte,
        date_diff('day', cast(treated.infused_at as date), cast(results.collected_at as date)) as study_day,
        results.value,
        results.censoring = 'left' as is_at_most,
        results.censoring = 'right' as is_at_least,
        row_number() over (
            partition by results.patient_id, results.analyte, cast(results.collected_at as date)
            order by results.collected_at desc, results.result_id desc
        ) = 1 as is_last
    from marts.lab_results as results
    inner join marts.cohort as cohort on results.patient_id = cohort.patient_id
    inner join marts.treated_patients as treated on results.patient_id = treated.patient_id
    where results.value is not null and results.unusable_reason is null and results.not_counted_reason is null
)

select
    'mean_of_day' as choice,
    patient_id,
    analyte,
    study_day,
    avg(value) as day_value,
    bool_or(is_at_most) as is_at_most,
    bool_or(is_at_least) as is_at_least
from counted
group by patient_id, analyte, study_day

union all

select
    'last_of_day' as choice,
    patient_id,
    analyte,
    study_day,
    value as day_value,
    is_at_most,
    is_at_least
from counted
where is_last
order by choice, patient_id, analyte, study_day
