-- Orders that differ in nothing but the route are one order that may be given either way; any other difference makes two.
with orders as (
    select
        *,
        min(order_route) over (
            partition by
                patient_id, ingredient, is_depot_form, is_systemic_route, started_at, ended_at, single_dose_mg, purpose,
                doses_per_day, case when doses_per_day is null then {{ folded('frequency') }} end
        ) as first_route
    from {{ ref('int_exposure__glucocorticoids') }}
    where status = 'ordered'
)

select
    administration_id,
    patient_id,
    single_dose_mg is not null and order_route != first_route as is_alternative_route
from orders
