-- The last usable result before lymphodepletion begins, or before infusion where that time is unknown. The time of collection
-- decides. Of a start that is a date alone, the draws before the first charted drug of that date count, else its earliest, also
-- where that cannot be used. Where something was measured on a later day before the anchor, or on a day that nobody knows, and
-- cannot be used, or where the first drug was set aside, the value is an estimate.
-- Source: CIBMTR form 4000, baseline laboratory values; the windows are vars.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

results as {{ inline() }} (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

unread as (
    select * from {{ ref('int_labs__unread') }}
),

draws as (
    select patient_id, collected_at from results
    union all
    select patient_id, collected_at from unread
),

first_draws as (
    select
        treated.patient_id,
        min(draws.collected_at) as drawn_at
    from treated
    inner join draws
        on
            treated.patient_id = draws.patient_id
            and {{ days_between('treated.lymphodepletion_started_at', 'draws.collected_at') }} = 0
    group by treated.patient_id
),

dated as (
    select
        treated.*,
        first_draws.drawn_at,
        treated.lymphodepletion_started_at = cast(treated.lymphodepletion_started_at as date) as is_date_alone,
        treated.lymphodepletion_dosed_at > treated.lymphodepletion_started_at
        and {{ days_between('treated.lymphodepletion_started_at', 'treated.lymphodepletion_dosed_at') }} = 0 as is_dosed_on_date
    from treated
    left join first_draws on treated.patient_id = first_draws.patient_id
),

anchored as (
    select
        patient_id,
        case
            when lymphodepletion_started_at is null then infused_at
            when not is_date_alone then lymphodepletion_started_at
            when is_dosed_on_date then lymphodepletion_dosed_at
            else coalesce(drawn_at, lymphodepletion_started_at)
        end as anchor_at,
        is_date_alone and not coalesce(is_dosed_on_date, false) as is_draw_the_anchor,
        is_date_alone and is_dosed_on_date and is_dose_set_aside as is_anchor_estimated,
        case when lymphodepletion_started_at is null then lymphodepletion_dosed_at end as dosed_before_anchor_at
    from dated
),

candidates as (
    select
        results.*,
        anchored.anchor_at,
        anchored.is_draw_the_anchor,
        anchored.is_anchor_estimated,
        {{ seconds_between('results.collected_at', 'anchored.anchor_at') }} / 86400.0 as days_before_anchor,
        coalesce(results.collected_at >= anchored.dosed_before_anchor_at, false) as is_after_lymphodepletion,
        row_number() over (
            partition by results.patient_id, results.analyte
            order by
                results.collected_at desc, results.resulted_at desc nulls last, results.value desc, results.comparator desc
        ) as recency
    from results
    inner join anchored on results.patient_id = anchored.patient_id
    where
        (
            results.collected_at < anchored.anchor_at
            or (anchored.is_draw_the_anchor and results.collected_at = anchored.anchor_at)
        )
        and {{ seconds_between('results.collected_at', 'anchored.anchor_at') }}
        <= {{ integer_var('baseline_late_days') }} * 86400.0
),

last_results as (
    select * from candidates
    where recency = 1
),

passed_over as (
    select distinct
        last_results.patient_id,
        last_results.analyte
    from last_results
    inner join unread
        on
            last_results.patient_id = unread.patient_id
            and last_results.analyte = unread.analyte
            and coalesce(
                (
                    last_results.anchor_at > unread.collected_at
                    or (last_results.is_draw_the_anchor and last_results.anchor_at = unread.collected_at)
                )
                and {{ days_between('last_results.collected_at', 'unread.collected_at') }} >= 1,
                true
            )
)

select
    last_results.patient_id,
    last_results.analyte,
    last_results.result_id,
    last_results.value,
    last_results.comparator,
    last_results.censoring,
    last_results.collected_at,
    last_results.days_before_anchor,
    last_results.days_before_anchor > {{ integer_var('baseline_days') }} as is_late,
    last_results.is_after_lymphodepletion,
    last_results.reference_high,
    last_results.is_hemolysed,
    last_results.has_interference,
    last_results.is_doubtful,
    passed_over.patient_id is not null or last_results.is_contested or last_results.is_anchor_estimated is true as is_estimated
from last_results
left join passed_over on last_results.patient_id = passed_over.patient_id and last_results.analyte = passed_over.analyte
