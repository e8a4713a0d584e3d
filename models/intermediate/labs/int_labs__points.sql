-- The points between which the daily grid is drawn: observed days, a carried day 0, and a point without value before
-- the first day, so that every day of the grid lies between a point and the next. In the grid's order: to order the points takes
-- less than to order its days.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

analytes as (
    select * from {{ ref('analytes') }}
    where is_in_grid
),

daily as {{ inline() }} (
    select * from {{ ref('int_labs__daily') }}
),

before_infusion as (
    select * from {{ ref('int_labs__before_infusion') }}
),

points as (
    select
        patient_id, analyte, study_day, value, n_results, result_ids, is_right_censored, is_left_censored, 'observed' as origin,
        is_estimated
    from daily
    union all
    select
        before_infusion.patient_id, before_infusion.analyte, 0 as study_day, before_infusion.value, 0 as n_results,
        before_infusion.result_id as result_ids, before_infusion.censoring = 'right' as is_right_censored,
        before_infusion.censoring = 'left' as is_left_censored, 'carried' as origin, before_infusion.is_estimated
    from before_infusion
    inner join analytes on before_infusion.analyte = analytes.analyte
    left join daily
        on
            before_infusion.patient_id = daily.patient_id
            and before_infusion.analyte = daily.analyte
            and daily.study_day = 0
    where daily.patient_id is null
    union all
    select
        treated.patient_id, analytes.analyte, -1 as study_day, null as value, 0 as n_results, null as result_ids,
        false as is_right_censored, false as is_left_censored, 'missing' as origin, false as is_estimated
    from treated
    cross join analytes
)

select
    *,
    lead(study_day, 1, {{ integer_var('last_study_day') }} + 1) over in_order as next_day,
    lead(value) over in_order as next_value,
    lead(is_right_censored) over in_order as is_next_right_censored,
    lead(is_left_censored) over in_order as is_next_left_censored,
    lead(is_estimated) over in_order as is_next_estimated
from points
window in_order as (partition by patient_id, analyte order by study_day)
order by patient_id, analyte, study_day
