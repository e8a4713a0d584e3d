-- Orders that a given row of the same patient, ingredient and route overlaps. Touching at an end is no overlap.
with orders as (
    select * from {{ ref('int_exposure__orders') }}
),

given_rows as (
    select * from {{ ref('int_exposure__glucocorticoids') }}
)

select distinct orders.administration_id
from orders
inner join orders as alternatives on orders.order_id = alternatives.order_id
inner join given_rows
    on
        alternatives.patient_id = given_rows.patient_id
        and alternatives.ingredient = given_rows.ingredient
        and alternatives.order_route is not distinct from given_rows.order_route
        and (
            (alternatives.lasts_until > given_rows.started_at and alternatives.started_at < given_rows.lasts_until)
            or alternatives.started_at = given_rows.started_at
        )
where
    given_rows.status = 'given'
    and coalesce(given_rows.ended_at >= given_rows.started_at, true)
