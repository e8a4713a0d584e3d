-- The last usable result shortly before infusion, which may stand for study day 0: an estimate where something was measured later
-- and cannot be used, or at a time that nobody knows.
with results as (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

unread as (
    select * from {{ ref('int_labs__unread') }}
),

candidates as (
    select
        results.patient_id,
        results.analyte,
        results.result_id,
        results.value,
        results.censoring,
        results.collected_at,
        results.is_contested,
        treated.infused_at,
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
    candidates.patient_id,
    candidates.analyte,
    candidates.result_id,
    candidates.value,
    candidates.censoring,
    candidates.collected_at,
    bool_or(unread.patient_id is not null or candidates.is_contested) as is_estimated
from candidates
left join unread
    on
        candidates.patient_id = unread.patient_id
        and candidates.analyte = unread.analyte
        and coalesce(candidates.collected_at < unread.collected_at and candidates.infused_at > unread.collected_at, true)
where candidates.recency = 1
group by
    candidates.patient_id, candidates.analyte, candidates.result_id, candidates.value, candidates.censoring,
    candidates.collected_at
