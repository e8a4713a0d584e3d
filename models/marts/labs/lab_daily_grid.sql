with points as (
    select * from {{ ref('int_labs__points') }}
),

unread_days as (
    select * from {{ ref('int_labs__unread_days') }}
),

days as (
    select
        *,
        {{ number_series('study_day', 'next_day - 1') }} as grid_day
    from points
),

valued as (
    select
        *,
        grid_day = study_day as is_point,
        grid_day > study_day and value is not null and next_value is not null
        and coalesce(next_day - study_day <= {{ integer_var('max_gap_days') }}, true) as is_spanned
    from days
    where grid_day >= 0
),

drawn as (
    select
        patient_id,
        analyte,
        cast(grid_day as integer) as study_day,
        case when is_point and origin = 'observed' then value end as observed_value,
        case
            when is_point then value
            when is_spanned then value + (next_value - value) * (grid_day - study_day) / (next_day - study_day)
        end as value,
        case
            when is_point then origin
            when is_spanned then 'interpolated'
            else 'missing'
        end as value_origin,
        cast(case when is_point then n_results else 0 end as integer) as n_results,
        is_right_censored and is_point or is_spanned and (is_right_censored or is_next_right_censored) as is_right_censored,
        is_left_censored and is_point or is_spanned and (is_left_censored or is_next_left_censored) as is_left_censored,
        case when is_point then result_ids end as result_ids,
        is_estimated and is_point or is_spanned and (is_estimated or is_next_estimated) as is_estimated
    from valued
)

select
    drawn.patient_id,
    drawn.analyte,
    drawn.study_day,
    drawn.observed_value,
    drawn.value,
    drawn.value_origin,
    case
        when drawn.value is null or drawn.is_right_censored and drawn.is_left_censored then 'unknown'
        when drawn.is_estimated or drawn.value_origin != 'observed' and unread_days.study_day is not null then 'estimated'
        when drawn.is_right_censored then 'at_least'
        when drawn.is_left_censored then 'at_most'
        else 'exact'
    end as certainty,
    drawn.value_origin != 'observed' and unread_days.study_day is not null as is_unread,
    drawn.n_results,
    drawn.is_right_censored,
    drawn.is_left_censored,
    drawn.result_ids
from drawn
left join unread_days
    on
        drawn.patient_id = unread_days.patient_id
        and drawn.analyte = unread_days.analyte
        and drawn.study_day = unread_days.study_day
