-- The calendar days of each order on which nothing was charted, and so the order speaks: the part of its time that lies in each.
with orders as (
    select
        administration_id,
        patient_id,
        started_at,
        greatest(lasts_until, started_at) as lasts_until
    from {{ ref('int_exposure__glucocorticoids') }}
    where status = 'ordered'
    union all
    select
        row_id as administration_id,
        patient_id,
        starts_at as started_at,
        ends_at as lasts_until
    from {{ ref('int_exposure__unread_orders') }}
),

charted_days as (
    select * from {{ ref('int_exposure__charted_days') }}
),

numbered as (
    select
        *,
        {{ number_series('0', days_between('started_at', 'lasts_until')) }} as day_number
    from orders
),

days as (
    select
        administration_id,
        patient_id,
        cast(day_number as integer) as day_number,
        cast({{ days_after('started_at', 'day_number') }} as date) as ordered_on,
        greatest(started_at, {{ days_after('started_at', 'day_number') }}) as starts_at,
        least(lasts_until, {{ days_after('started_at', 'day_number + 1') }}) as ends_at
    from numbered
)

select
    days.administration_id,
    days.day_number,
    days.ordered_on,
    days.starts_at,
    days.ends_at
from days
left join charted_days on days.patient_id = charted_days.patient_id and days.ordered_on = charted_days.charted_on
where
    charted_days.patient_id is null
    and (days.day_number = 0 or days.starts_at < days.ends_at)
