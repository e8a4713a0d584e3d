-- Which glucocorticoid rows count toward the dose, and why the others do not: dismissed rows count nothing,
-- doubted ones (unresolved) an unknown amount.
with administrations as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
),

orders as (
    select * from {{ ref('int_exposure__orders') }}
),

given_over_orders as (
    select * from {{ ref('int_exposure__given_over_orders') }}
),

rate_changes as (
    select * from {{ ref('int_exposure__rate_changes') }}
),

judged as (
    select
        administrations.*,
        case
            when administrations.status not in ('given', 'ordered') then 'not_given'
            when administrations.ended_at < administrations.started_at then 'cancelled_before_start'
            when administrations.dexamethasone_factor is null then 'no_systemic_equivalence'
            when not administrations.is_systemic_route then 'route_not_systemic'
            when administrations.route is null and administrations.is_local_form then 'local_form'
            when administrations.is_depot_form then 'depot_form'
            when given_over_orders.administration_id is not null then 'counted_where_given'
            when orders.order_id != administrations.administration_id then 'alternative_route_of_order'
            when rate_changes.administration_id is not null then 'rate_change_of_infusion'
            when administrations.charted_mg = 0 then 'zero_dose'
        end as dismissed_reason,
        coalesce(
            case when administrations.route is null then 'unknown_route' end, administrations.unresolved_reason
        ) as doubted_reason
    from administrations
    left join orders on administrations.administration_id = orders.administration_id
    left join given_over_orders on administrations.administration_id = given_over_orders.administration_id
    left join rate_changes on administrations.administration_id = rate_changes.administration_id
)

select
    *,
    coalesce(dismissed_reason, doubted_reason) as not_counted_reason,
    dismissed_reason is null and doubted_reason is null as is_counted,
    dismissed_reason is null and doubted_reason is not null as is_unresolved,
    dismissed_reason is null
    and doubted_reason is null
    and status = 'ordered'
    and not is_rate
    and (doses_per_day is null or (doses_per_day > 0 and ended_at is null)) as is_single_dose_of_order,
    case
        when status = 'ordered' and doses_per_day > 0 and ended_at > started_at
            then cast(ceil({{ seconds_between('started_at', 'ended_at') }} * doses_per_day / 86400.0) as integer)
        else 1
    end as n_doses
from judged
