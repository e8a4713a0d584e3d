with treated as (
    select * from {{ ref('int_population__treated') }}
),

analytes as (
    select * from {{ ref('analytes') }}
),

results as (
    select * from {{ ref('int_labs__standardised') }}
    where unusable_reason is null
),

anchored as (
    select
        patient_id,
        coalesce(lymphodepletion_started_at, infused_at) as anchor_at,
        case when lymphodepletion_started_at is null then 'infusion' else 'lymphodepletion' end as anchor
    from treated
),

candidates as (
    select
        results.*,
        {{ seconds_between('results.collected_at', 'anchored.anchor_at') }} / 86400.0 as days_before_anchor,
        row_number() over (
            partition by results.patient_id, results.analyte
            order by
                results.collected_at desc, results.resulted_at desc nulls last, results.value desc, results.result_id asc
        ) as recency
    from results
    inner join anchored on results.patient_id = anchored.patient_id
    where
        results.collected_at < anchored.anchor_at
        and {{ seconds_between('results.collected_at', 'anchored.anchor_at') }} <= {{ var('baseline_late_days') }} * 86400.0
)

select
    anchored.patient_id,
    analytes.analyte,
    candidates.value,
    analytes.canonical_unit as unit,
    candidates.censoring,
    candidates.collected_at,
    anchored.anchor,
    candidates.days_before_anchor,
    candidates.days_before_anchor > {{ var('baseline_days') }} as is_late
from anchored
cross join analytes
left join candidates
    on
        anchored.patient_id = candidates.patient_id
        and analytes.analyte = candidates.analyte
        and candidates.recency = 1
