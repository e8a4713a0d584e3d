with treated as (
    select * from {{ ref('int_treated__patients') }}
),

analytes as (
    select * from {{ ref('analytes') }}
),

baseline as (
    select * from {{ ref('int_labs__baseline') }}
)

select
    treated.patient_id,
    analytes.analyte,
    baseline.value,
    analytes.canonical_unit as unit,
    baseline.censoring,
    baseline.collected_at,
    case when treated.lymphodepletion_started_at is null then 'infusion' else 'lymphodepletion' end as anchor,
    baseline.days_before_anchor,
    baseline.is_late,
    baseline.is_after_lymphodepletion,
    case
        when baseline.value is null then 'unknown'
        when baseline.is_estimated then 'estimated'
        when baseline.censoring = 'right' then 'at_least'
        when baseline.censoring = 'left' then 'at_most'
        else 'exact'
    end as certainty,
    baseline.comparator,
    baseline.reference_high,
    baseline.is_hemolysed,
    baseline.has_interference,
    baseline.is_doubtful,
    baseline.result_id
from treated
cross join analytes
left join baseline
    on
        treated.patient_id = baseline.patient_id
        and analytes.analyte = baseline.analyte
