-- How long each charted rate ran: until its end or the next rate of the same glucocorticoid and route, whichever is earlier.
with rates as (
    select * from {{ ref('int_exposure__read_doses') }}
    where
        per_hours is not null
        and coalesce(ended_at >= started_at, true)
),

followed as (
    select
        *,
        lead(started_at) over (
            partition by patient_id, ingredient, order_route, status order by started_at, administration_id
        ) as next_rate_at,
        count(*) over (partition by patient_id, ingredient, order_route, status, started_at) as n_rates_at_once
    from rates
)

select
    administration_id,
    n_rates_at_once,
    least(ended_at, next_rate_at) as runs_until
from followed
