-- One row per cohort patient, analyte of the grid and study day with a result: mean and last of the day's results that count.
select
    results.patient_id,
    results.analyte,
    date_diff('day', cast(treated.infused_at as date), cast(results.collected_at as date)) as study_day,
    avg(results.value) as mean_of_day,
    last(results.value order by results.collected_at, results.result_id) as last_of_day
from marts.lab_results as results
inner join marts.cohort as cohort on results.patient_id = cohort.patient_id
inner join marts.treated_patients as treated on results.patient_id = treated.patient_id
where results.value is not null and results.unusable_reason is null and results.not_counted_reason is null
group by results.patient_id, results.analyte, study_day
order by results.patient_id, results.analyte, study_day
