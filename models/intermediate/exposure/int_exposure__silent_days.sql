-- The days of a silent order on which it may have been given all the same: nothing of its drug was charted since its start,
-- charting of all drugs had ended before the last of their eves, as at discharge, and the order goes on. A day right after
-- a charted one is answered for by that one. Of an order with a schedule and an end the days of its doses alone.
with uncharted_days as (
    select * from {{ ref('int_exposure__uncharted_days') }}
),

charted_days as (
    select * from {{ ref('int_exposure__charted_days') }}
),

first_days as (
    select
        patient_id,
        min(charted_on) as charted_on
    from charted_days
    group by patient_id
),

silent_orders as (
    select
        orders.administration_id,
        orders.patient_id,
        coalesce(orders.doses_per_day > 0 and orders.ended_at is not null, false) as is_scheduled
    from {{ ref('int_exposure__silent_orders') }} as silent_orders
    inner join {{ ref('int_exposure__glucocorticoids') }} as orders on silent_orders.administration_id = orders.administration_id
    where silent_orders.may_be_for_home
),

dose_days as (
    select distinct
        administration_id,
        cast(dose_started_at as date) as ordered_on
    from {{ ref('int_exposure__order_doses') }}
)

select
    uncharted_days.administration_id,
    silent_orders.patient_id,
    uncharted_days.starts_at,
    uncharted_days.ends_at
from uncharted_days
inner join silent_orders on uncharted_days.administration_id = silent_orders.administration_id
inner join first_days
    on silent_orders.patient_id = first_days.patient_id and uncharted_days.ordered_on > first_days.charted_on
left join charted_days as eves
    on
        silent_orders.patient_id = eves.patient_id
        and cast({{ days_after('uncharted_days.ordered_on', '-1') }} as date) = eves.charted_on
left join dose_days
    on
        uncharted_days.administration_id = dose_days.administration_id
        and uncharted_days.ordered_on = dose_days.ordered_on
where
    eves.patient_id is null
    and (dose_days.administration_id is not null or not silent_orders.is_scheduled)
