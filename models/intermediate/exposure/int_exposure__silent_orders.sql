-- Orders that are silent as a whole, for what became of their drug was charted: a row of the ingredient, by any route, from a
-- day before the order's start until its end, also one that cannot be read. That an order was stopped tells of no dose. Where no
-- such row lies at or after its start the order may have been a taper for home, of which nobody charts.
with orders as (
    select
        *,
        {{ seconds_after('started_at', '-3600 * ' ~ integer_var('order_lookback_hours')) }} as listens_from,
        coalesce(
            ended_at, {{ seconds_after('started_at', '3600 * ' ~ integer_var('order_reach_hours')) }}
        ) as listens_until
    from {{ ref('int_exposure__glucocorticoids') }}
    where status = 'ordered'
),

charted_rows as (
    select
        patient_id,
        ingredient,
        started_at,
        coalesce(runs_until, started_at) as charted_until
    from {{ ref('int_exposure__glucocorticoids') }}
    where status in {{ charted_statuses() }} and not is_discontinued
    union all
    select
        patient_id,
        ingredient,
        started_at,
        started_at as charted_until
    from {{ ref('int_exposure__unread_rows') }}
)

select
    orders.administration_id,
    max(charted_rows.charted_until) < orders.started_at as may_be_for_home
from orders
inner join charted_rows
    on
        orders.patient_id = charted_rows.patient_id
        and orders.ingredient = charted_rows.ingredient
        and orders.listens_until >= charted_rows.started_at
        and orders.listens_from <= charted_rows.charted_until
group by orders.administration_id, orders.started_at
