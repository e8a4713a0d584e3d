-- The last usable result before lymphodepletion begins, or before infusion where that time is unknown. The time of collection
-- decides. Source: CIBMTR form 4000, baseline laboratory values; the windows are vars.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

results as (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

anchored as (
    select
        patient_id,
        coalesce(lymphodepletion_started_at, infused_at) as anchor_at
    from treated
),

candidates as (
    select
        results.*,
        {{ seconds_between('results.collected_at', 'anchored.anchor_at') }} / 86400.0 as days_before_anchor,
        row_number() over (
            partition by results.patient_id, results.analyte
            order by
                results.collected_at desc, results.resulted_at desc nulls last, results.value desc, results.comparator desc
        ) as recency
    from results
    inner join anchored on results.patient_id = anchored.patient_id
    where
        results.collected_at < anchored.anchor_at
        and {{ seconds_between('results.collected_at', 'anchored.anchor_at') }}
            <= {{ integer_var('baseline_late_days') }} * 86400.0
)

select
    patient_id,
    analyte,
    result_id,
    value,
    comparator,
    censoring,
    collected_at,
    days_before_anchor,
    days_before_anchor > {{ integer_var('baseline_days') }} as is_late,
    reference_high,
    is_hemolysed,
    has_interference,
    is_doubtful
from candidates
where recency = 1
