-- Which administrations of a glucocorticoid fall into each window of exposure of a cohort patient, and which do not count?
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('steroid_administrations') }}
-- depends_on: {{ ref('record_dispositions') }}
with edges as (
    select
        cohort.patient_id,
        treated.infusion_id,
        date_trunc('day', treated.infused_at) as follow_up_starts_at,
        date_trunc('day', treated.infused_at) + to_days(cast(last_day.value as integer) + 1) as follow_up_ends_at,
        cohort.index_started_at
    from marts.cohort as cohort
    inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
    left join results.run_manifest as last_day on last_day.key = 'var.last_study_day'
),

windows as (
    select
        patient_id,
        infusion_id,
        unnest(['before_index', 'after_index', 'total']) as exposure_window,
        unnest([follow_up_starts_at, index_started_at, follow_up_starts_at]) as starts_at,
        unnest([index_started_at, follow_up_ends_at, follow_up_ends_at]) as ends_at
    from edges
),

falling as (
    select
        windows.patient_id,
        windows.exposure_window,
        steroids.administration_id,
        steroids.is_counted,
        steroids.not_counted_reason,
        steroids.source_file,
        steroids.line_number
    from windows
    inner join marts.steroid_administrations as steroids
        on windows.patient_id = steroids.patient_id and windows.ends_at > steroids.started_at
    where steroids.started_at >= windows.starts_at or steroids.ended_at > windows.starts_at
)

select
    patient_id,
    exposure_window as item,
    case when is_counted then 'used' else 'left out' end as role,
    'medication_administrations' as entity,
    administration_id as record_id,
    source_file,
    line_number,
    not_counted_reason as reason
from falling
union all
select
    windows.patient_id,
    windows.exposure_window as item,
    case when records.entity = 'infusions' then 'context' else 'left out' end as role,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.reason
from windows
inner join marts.record_dispositions as records on windows.patient_id = records.patient_id
where
    (records.entity = 'medication_administrations' and records.disposition != 'accepted')
    or (records.record_id = windows.infusion_id and records.entity = 'infusions' and records.disposition = 'accepted')
order by 1, 2, 3, 4, 6, 7
