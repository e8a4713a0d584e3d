-- Orders that cannot be used and may have been given: their id or their start cannot be read, or nothing but their stop is told.
-- Where what became of their drug was charted they are silent, a stop also beside an order; as-needed ones and those without a
-- start count nothing.
{%- set reach = "3600 * " ~ integer_var('order_reach_hours') %}
{%- set lookback = "-3600 * " ~ integer_var('order_lookback_hours') %}
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

rows_of_drugs as (
    select
        *,
        is_discontinued and status = 'cancelled' as is_stop,
        contains(concat_ws('|', reason, nulled_cells), 'missing_started_at') as is_start_missing
    from {{ ref('int_medication_administrations__all') }}
    where drug_class = 'glucocorticoid' and disposition in ('accepted', 'quarantined')
),

orders as (
    select
        rows_of_drugs.source_file || ':' || cast(rows_of_drugs.line_number as string) as row_id,
        rows_of_drugs.patient_id,
        rows_of_drugs.ingredient,
        rows_of_drugs.is_stop,
        coalesce(
            case when rows_of_drugs.is_stop then {{ seconds_after('rows_of_drugs.started_at', lookback) }} end,
            rows_of_drugs.started_at,
            {{ days_after('treated.infused_at', 0) }}
        ) as starts_at,
        coalesce(
            case when coalesce(rows_of_drugs.ended_at > rows_of_drugs.started_at, true) then rows_of_drugs.ended_at end,
            {{ seconds_after('rows_of_drugs.started_at', reach) }},
            {{ days_after('treated.infused_at', integer_var('last_study_day') ~ ' + 1') }}
        ) as ends_at
    from rows_of_drugs
    inner join {{ ref('glucocorticoid_equivalence') }} as equivalence on rows_of_drugs.ingredient = equivalence.ingredient
    inner join treated on rows_of_drugs.patient_id = treated.patient_id
    where
        not rows_of_drugs.is_local
        and not rows_of_drugs.is_depot_form
        and not rows_of_drugs.is_zero_dose
        and not rows_of_drugs.is_as_needed
        and (rows_of_drugs.is_stop or (rows_of_drugs.disposition = 'quarantined' and rows_of_drugs.status = 'ordered'))
        and not rows_of_drugs.is_start_missing
),

silenced as (
    select distinct orders.row_id
    from orders
    inner join rows_of_drugs
        on
            orders.patient_id = rows_of_drugs.patient_id
            and orders.ingredient = rows_of_drugs.ingredient
            and orders.ends_at >= rows_of_drugs.started_at
            and {{ seconds_after('orders.starts_at', lookback) }}
            <= greatest(rows_of_drugs.started_at, case when rows_of_drugs.status = 'ordered' then rows_of_drugs.ended_at end)
    where
        not rows_of_drugs.is_stop
        and (orders.is_stop or coalesce(rows_of_drugs.status in {{ charted_statuses() }}, true))
)

select
    orders.row_id,
    orders.patient_id,
    orders.starts_at,
    orders.ends_at
from orders
left join silenced on orders.row_id = silenced.row_id
where silenced.row_id is null and orders.starts_at <= orders.ends_at
