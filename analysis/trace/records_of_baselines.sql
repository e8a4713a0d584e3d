-- On which result does each baseline of a treated patient stand, and why not on another result of the analyte?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('lab_baseline') }}
-- depends_on: {{ ref('lab_results') }}
-- depends_on: {{ ref('record_dispositions') }}
with results_before as (
    select
        baseline.patient_id,
        baseline.analyte,
        baseline.result_id as baseline_result_id,
        results.result_id,
        results.source_file,
        results.line_number,
        coalesce(results.unusable_reason, results.not_counted_reason, 'not the last usable one before the anchor') as reason
    from marts.lab_baseline as baseline
    inner join marts.treated_patients as treated on baseline.patient_id = treated.patient_id
    inner join marts.lab_results as results
        on
            baseline.patient_id = results.patient_id
            and baseline.analyte = results.analyte
            and treated.infused_at >= results.collected_at
)

select
    patient_id,
    analyte as item,
    case when result_id = baseline_result_id then 'used' else 'left out' end as role,
    'lab_results' as entity,
    result_id as record_id,
    source_file,
    line_number,
    case when coalesce(result_id != baseline_result_id, true) then reason end as reason
from results_before
union all
select
    baseline.patient_id,
    baseline.analyte as item,
    case when records.entity = 'infusions' then 'context' else 'left out' end as role,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.reason
from marts.lab_baseline as baseline
inner join marts.treated_patients as treated on baseline.patient_id = treated.patient_id
inner join marts.record_dispositions as records on baseline.patient_id = records.patient_id
where
    (records.entity = 'lab_results' and records.disposition != 'accepted')
    or (records.entity = 'infusions' and records.disposition = 'accepted' and records.record_id = treated.infusion_id)
order by 1, 2, 3, 4, 6, 7
