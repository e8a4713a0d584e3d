-- Which glucocorticoid rows count toward the dose, and why the others do not: dismissed rows count nothing, doubted ones
-- (unresolved) an unknown amount. An order without a schedule, or whose end is not known, may be more than it counts, and so may
-- an infusion charted again, which may have been a second dose with the end of the first.
with administrations as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
),

orders as (
    select * from {{ ref('int_exposure__orders') }}
),

silent_days as (
    select distinct administration_id from {{ ref('int_exposure__silent_days') }}
),

rate_changes as (
    select * from {{ ref('int_exposure__rate_changes') }}
),

order_doses as (
    select
        administration_id,
        sum(share_of_dose) as n_doses
    from {{ ref('int_exposure__order_doses') }}
    group by administration_id
),

uncharted_orders as (
    select distinct administration_id from {{ ref('int_exposure__uncharted_days') }}
),

judged as (
    select
        administrations.*,
        case when administrations.status = 'ordered' then coalesce(order_doses.n_doses, 0) else 1 end as n_counted_doses,
        administrations.status = 'ordered'
        and case
            when administrations.is_rate then administrations.is_end_estimated
            else administrations.doses_per_day is null or (administrations.doses_per_day > 0 and administrations.ended_at is null)
        end as is_unscheduled,
        case
            when administrations.status = 'home list' then 'home_list'
            when administrations.status not in ('given', 'ordered') then 'not_given'
            when administrations.status = 'ordered' and administrations.ended_at < administrations.started_at
                then 'cancelled_before_start'
            when administrations.dexamethasone_factor is null then 'no_systemic_equivalence'
            when not administrations.is_systemic_route then 'route_not_systemic'
            when administrations.route is null and administrations.is_local_form then 'local_form'
            when administrations.is_depot_form then 'depot_form'
            when administrations.status = 'ordered' and administrations.is_as_needed then 'as_needed'
            when silent_orders.administration_id is not null and not administrations.is_zero
                then case when silent_days.administration_id is not null then 'charting_ended' else 'doses_charted' end
            when orders.is_alternative_route then 'alternative_route_of_order'
            when rate_changes.administration_id is not null then 'rate_change_of_infusion'
            when administrations.is_zero then 'zero_dose'
            when administrations.status = 'ordered' and uncharted_orders.administration_id is null then 'doses_charted'
        end as dismissed_reason,
        coalesce(
            case when administrations.route is null then 'unknown_route' end, administrations.unresolved_reason
        ) as doubted_reason
    from administrations
    left join orders on administrations.administration_id = orders.administration_id
    left join {{ ref('int_exposure__silent_orders') }} as silent_orders
        on administrations.administration_id = silent_orders.administration_id
    left join silent_days on administrations.administration_id = silent_days.administration_id
    left join rate_changes on administrations.administration_id = rate_changes.administration_id
    left join order_doses on administrations.administration_id = order_doses.administration_id
    left join uncharted_orders on administrations.administration_id = uncharted_orders.administration_id
),

reasoned as (
    select
        *,
        coalesce(
            dismissed_reason, doubted_reason, case when n_counted_doses = 0 then 'doses_charted' end
        ) as not_counted_reason
    from judged
)

select
    *,
    not_counted_reason is null as is_counted,
    dismissed_reason is null and doubted_reason is not null as is_unresolved,
    not_counted_reason is null and is_unscheduled as is_single_dose_of_order,
    dismissed_reason is null and (doubted_reason is not null or is_unscheduled or is_longer_than_a_day)
    or dismissed_reason = 'rate_change_of_infusion' as may_be_more
from reasoned
