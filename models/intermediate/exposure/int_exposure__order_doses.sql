-- The doses of orders that fall on a day without charting, each at its time, and the parts of ordered infusions that do.
with orders as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
    where status = 'ordered'
),

uncharted_days as (
    select * from {{ ref('int_exposure__uncharted_days') }}
),

numbered as (
    select
        *,
        {{ number_series('0', 'n_doses - 1') }} as dose_number
    from orders
    where not (is_infusion and coalesce(runs_until > started_at, false))
),

timed as (
    select
        administration_id,
        dose_number,
        case
            when dose_number = 0 then started_at
            else {{ seconds_after('started_at', 'dose_number * 86400.0 / doses_per_day') }}
        end as dose_started_at
    from numbered
)

select
    timed.administration_id,
    cast(timed.dose_number as integer) as dose_number,
    timed.dose_started_at,
    cast(null as timestamp) as dose_ended_at,
    1.0 as share_of_dose
from timed
inner join uncharted_days
    on
        timed.administration_id = uncharted_days.administration_id
        and cast(timed.dose_started_at as date) = uncharted_days.ordered_on
union all
select
    orders.administration_id,
    uncharted_days.day_number as dose_number,
    uncharted_days.starts_at as dose_started_at,
    uncharted_days.ends_at as dose_ended_at,
    {{ seconds_between('uncharted_days.starts_at', 'uncharted_days.ends_at') }}
    / {{ seconds_between('orders.started_at', 'orders.runs_until') }} as share_of_dose
from orders
inner join uncharted_days on orders.administration_id = uncharted_days.administration_id
where orders.is_infusion and orders.runs_until > orders.started_at
