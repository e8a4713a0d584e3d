-- Orders that a given row of the same patient, ingredient and route overlaps. An order without an end lasts its first day.
with administrations as (
    select
        *,
        coalesce(ended_at, case when status = 'ordered' then {{ days_after('started_at', 1) }} else started_at end) as lasts_until
    from {{ ref('int_exposure__glucocorticoids') }}
)

select distinct orders.administration_id
from administrations as orders
inner join administrations as given_rows
    on
        orders.patient_id = given_rows.patient_id
        and orders.ingredient = given_rows.ingredient
        and orders.route is not distinct from given_rows.route
        and given_rows.started_at <= orders.lasts_until
        and given_rows.lasts_until >= orders.started_at
where orders.status = 'ordered' and given_rows.status = 'given'
