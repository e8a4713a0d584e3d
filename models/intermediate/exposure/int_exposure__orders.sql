-- Orders that differ in nothing but the route are one order that may be given either way; any other difference makes two.
with orders as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
    where status = 'ordered'
),

likened as (
    select
        *,
        first_value(administration_id) over same_but_for_route as first_id,
        first_value(order_route) over same_but_for_route as first_route
    from orders
    window same_but_for_route as (
        partition by
            patient_id, ingredient, is_depot_form, is_systemic_route, started_at, ended_at, single_dose_mg, purpose,
            doses_per_day, case when doses_per_day is null then {{ folded('frequency') }} end
        order by order_route, administration_id
    )
)

select
    administration_id,
    patient_id,
    ingredient,
    order_route,
    started_at,
    lasts_until,
    case
        when single_dose_mg is not null and order_route != first_route then first_id
        else administration_id
    end as order_id
from likened
