-- The last usable result shortly before infusion, which may stand for study day 0.
with results as (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

candidates as (
    select
        results.patient_id,
        results.analyte,
        results.result_id,
        results.value,
        results.censoring,
        results.collected_at,
        row_number() over (
            partition by results.patient_id, results.analyte
            order by results.collected_at desc, results.value desc, results.censoring desc, results.result_id asc
        ) as recency
    from results
    inner join treated on results.patient_id = treated.patient_id
    where
        {{ days_between('results.collected_at', 'treated.infused_at') }} >= 1
        and {{ seconds_between('results.collected_at', 'treated.infused_at') }}
        <= {{ integer_var('day_zero_lookback_hours') }} * 3600.0
)

select
    patient_id,
    analyte,
    result_id,
    value,
    censoring,
    collected_at
from candidates
where recency = 1
