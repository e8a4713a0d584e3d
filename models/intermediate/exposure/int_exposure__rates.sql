-- How long each charted rate ran: until its end or the next rate of the same glucocorticoid and route, whichever is earlier.
with rates as (
    select * from {{ ref('int_exposure__read_doses') }}
    where
        per_hours is not null
        and coalesce(ended_at >= started_at, true)
),

starts as (
    select
        patient_id,
        ingredient,
        order_route,
        status,
        started_at,
        count(*) as n_rates_at_once,
        lead(started_at) over (partition by patient_id, ingredient, order_route, status order by started_at) as next_rate_at
    from rates
    group by patient_id, ingredient, order_route, status, started_at
)

select
    rates.administration_id,
    starts.n_rates_at_once,
    least(rates.ended_at, starts.next_rate_at) as runs_until
from rates
inner join starts
    on
        rates.patient_id = starts.patient_id
        and rates.ingredient = starts.ingredient
        and rates.order_route is not distinct from starts.order_route
        and rates.status = starts.status
        and rates.started_at = starts.started_at
