-- The doses of lymphodepleting drugs before an infusion whose gaps are short, counted back from the last one: bridging with the
-- same drugs some weeks earlier is not of them.
with infusions as (
    select * from {{ ref('int_omop__infusion_rows') }}
),

doses as (
    select * from {{ given_drugs() }}
    where drug_class = 'lymphodepletion'
),

before as (
    select
        infusions.source_file,
        infusions.line_number,
        doses.started_at,
        {{ days_between('doses.started_at', 'lead(doses.started_at) over later') }} as days_to_next
    from infusions
    inner join doses
        on
            infusions.patient_id = doses.patient_id
            and infusions.infused_time > doses.started_at
            and {{ days_between('doses.started_at', 'infusions.infused_time') }}
            <= {{ integer_var('lymphodepletion_lookback_days') }}
    window later as (partition by infusions.source_file, infusions.line_number order by doses.started_at)
),

grouped as (
    select
        *,
        coalesce(
            sum(case when days_to_next > {{ integer_var('lymphodepletion_gap_days') }} then 1 else 0 end) over (
                partition by source_file, line_number order by started_at desc rows between unbounded preceding and current row
            ), 0
        ) as n_gaps_after
    from before
)

select
    source_file,
    line_number,
    min(started_at) as started_at
from grouped
where n_gaps_after = 0
group by source_file, line_number
