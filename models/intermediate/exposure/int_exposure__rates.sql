-- How long each charted rate ran: until its end or the next rate of the same glucocorticoid and route, whichever is earlier.
-- Without an end until the next row of the glucocorticoid at most, and no longer than a rate may be taken to run. A row that
-- cannot be read ends it as well.
with rates as (
    select
        read_doses.*,
        nullif(ends.ends_at, read_doses.started_at) as ends_at
    from {{ ref('int_exposure__read_doses') }} as read_doses
    left join {{ ref('int_exposure__ends') }} as ends on read_doses.administration_id = ends.administration_id
    where
        read_doses.per_hours is not null
        and coalesce(read_doses.ended_at >= read_doses.started_at or read_doses.status = 'given', true)
),

unread_rows as (
    select * from {{ ref('int_exposure__unread_rows') }}
    where may_be_systemic
),

starts as (
    select
        patient_id,
        ingredient,
        order_route,
        status,
        started_at,
        sum(n_rates) as n_rates_at_once,
        lead(started_at) over (partition by patient_id, ingredient, order_route, status order by started_at) as next_rate_at
    from (
        select patient_id, ingredient, order_route, status, started_at, 1 as n_rates from rates
        union all
        select patient_id, ingredient, order_route, 'given' as status, started_at, 0 as n_rates from unread_rows
        where is_rate
    ) as charted
    group by patient_id, ingredient, order_route, status, started_at
),

charted_starts as (
    select
        patient_id,
        ingredient,
        started_at,
        lead(started_at) over (partition by patient_id, ingredient order by started_at) as next_row_at
    from (
        select patient_id, ingredient, started_at from {{ ref('int_exposure__read_doses') }}
        where status in {{ charted_statuses() }} and coalesce(is_systemic_route, true)
        union
        select patient_id, ingredient, started_at from unread_rows
    ) as charted
)

select
    rates.administration_id,
    starts.n_rates_at_once,
    rates.ends_at is null as is_end_estimated,
    least(
        rates.ends_at,
        starts.next_rate_at,
        case when rates.ends_at is null then charted_starts.next_row_at end,
        case
            when rates.ends_at is null
                then {{ seconds_after('rates.started_at', integer_var('rate_reach_hours') ~ ' * 3600') }}
        end
    ) as runs_until
from rates
inner join starts
    on
        rates.patient_id = starts.patient_id
        and rates.ingredient = starts.ingredient
        and rates.order_route is not distinct from starts.order_route
        and rates.status = starts.status
        and rates.started_at = starts.started_at
left join charted_starts
    on
        rates.patient_id = charted_starts.patient_id
        and rates.ingredient = charted_starts.ingredient
        and rates.started_at = charted_starts.started_at
