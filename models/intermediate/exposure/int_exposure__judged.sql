-- Which glucocorticoid rows count toward the dose, and why the others do not.
with administrations as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
),

given_over_orders as (
    select * from {{ ref('int_exposure__given_over_orders') }}
),

judged as (
    select
        administrations.*,
        case
            when administrations.status not in ('given', 'ordered') then 'not_given'
            when administrations.ended_at < administrations.started_at then 'cancelled_before_start'
            when administrations.dexamethasone_factor is null then 'no_systemic_equivalence'
            when not administrations.is_systemic_route then 'route_not_systemic'
            when administrations.is_depot_form then 'depot_form'
            when given_over_orders.administration_id is not null then 'counted_where_given'
            when administrations.is_systemic_route is null then 'unknown_route'
            else administrations.unresolved_reason
        end as not_counted_reason,
        coalesce(
            administrations.status in ('given', 'ordered')
            and coalesce(administrations.ended_at >= administrations.started_at, true)
            and administrations.dexamethasone_factor is not null
            and coalesce(administrations.is_systemic_route, true)
            and not administrations.is_depot_form
            and given_over_orders.administration_id is null,
            false
        ) as is_systemic_dose
    from administrations
    left join given_over_orders on administrations.administration_id = given_over_orders.administration_id
)

select
    *,
    not_counted_reason is null as is_counted,
    is_systemic_dose and not_counted_reason is not null as is_unresolved,
    not_counted_reason is null
    and status = 'ordered'
    and (doses_per_day is null or (doses_per_day > 0 and ended_at is null)) as is_single_dose_of_order,
    route = 'intravenous infusion' or (route = 'intravenous' and status = 'given') as is_infusion,
    case
        when status = 'ordered' and doses_per_day > 0 and ended_at > started_at
            then greatest(1, cast(ceil({{ seconds_between('started_at', 'ended_at') }} / 86400.0 * doses_per_day) as integer))
        else 1
    end as n_doses
from judged
