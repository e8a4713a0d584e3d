-- On which results does the area under each treated patient's curve stand, and which of those days were left out?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('lab_daily_grid') }}
-- depends_on: {{ ref('lab_results') }}
-- depends_on: {{ ref('record_dispositions') }}
with used as (
    select
        patient_id,
        analyte,
        unnest(string_split(result_ids, '|')) as result_id
    from marts.lab_daily_grid
    where result_ids is not null
),

analytes as (
    select distinct
        patient_id,
        analyte
    from marts.lab_daily_grid
),

results_of_days as (
    select
        results.patient_id,
        results.analyte,
        results.result_id,
        results.source_file,
        results.line_number,
        used.result_id is not null as is_used,
        coalesce(results.unusable_reason, results.not_counted_reason) as reason
    from marts.lab_results as results
    inner join marts.treated_patients as treated on results.patient_id = treated.patient_id
    inner join analytes on results.patient_id = analytes.patient_id and results.analyte = analytes.analyte
    left join used on results.result_id = used.result_id
    left join results.run_manifest as last_day on last_day.key = 'var.last_study_day'
    where
        used.result_id is not null
        or date_diff('day', cast(treated.infused_at as date), cast(results.collected_at as date))
        between 0 and cast(last_day.value as integer)
)

select
    patient_id,
    analyte as item,
    case when is_used then 'used' else 'left out' end as role,
    'lab_results' as entity,
    result_id as record_id,
    source_file,
    line_number,
    reason
from results_of_days
union all
select
    analytes.patient_id,
    analytes.analyte as item,
    case when records.entity = 'lab_results' then 'left out' else 'context' end as role,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.reason
from analytes
inner join marts.treated_patients as treated on analytes.patient_id = treated.patient_id
inner join marts.record_dispositions as records on analytes.patient_id = records.patient_id
where
    (records.entity = 'lab_results' and records.disposition != 'accepted')
    or (records.entity = 'infusions' and records.disposition = 'accepted' and records.record_id = treated.infusion_id)
    or (records.entity = 'vital_status' and records.disposition = 'accepted')
order by 1, 2, 3, 4, 6, 7
