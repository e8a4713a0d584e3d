-- Doses, each when it was given, of an unknown amount where only the route is known; and without a number the spans in which an
-- unknown amount may have been given. What was ordered speaks on days without charting alone, and is an estimate.
with judged as (
    select * from {{ ref('int_exposure__administrations') }}
),

order_doses as (
    select * from {{ ref('int_exposure__order_doses') }}
),

doses as (
    select
        judged.administration_id,
        judged.patient_id,
        coalesce(order_doses.dose_number, 0) as dose_number,
        coalesce(order_doses.dose_started_at, judged.started_at) as dose_started_at,
        case
            when judged.status = 'ordered' then order_doses.dose_ended_at
            when judged.is_infusion then judged.runs_until
        end as dose_ended_at,
        case when judged.is_counted then coalesce(order_doses.share_of_dose, 1) * judged.single_dose_mg end as dose_mg,
        judged.dexamethasone_factor,
        judged.factor_080,
        judged.factor_100,
        judged.status = 'ordered' or judged.is_end_estimated as is_estimate,
        judged.is_date_alone and judged.status = 'given' as is_date_alone
    from judged
    left join order_doses on judged.administration_id = order_doses.administration_id
    where
        (judged.is_counted or (judged.is_unresolved and judged.route is not null))
        and (judged.status = 'given' or order_doses.administration_id is not null)
),

spans as (
    select * from {{ ref('int_exposure__unknown_spans') }}
)

select
    administration_id,
    patient_id,
    dose_number,
    dose_started_at,
    dose_ended_at,
    dose_mg * dexamethasone_factor as dexamethasone_equivalent_mg,
    dose_mg * factor_080 as dexamethasone_equivalent_mg_080,
    dose_mg * factor_100 as dexamethasone_equivalent_mg_100,
    false as is_unresolved,
    false as is_lower_bound,
    is_estimate,
    is_date_alone
from doses
union all
select
    administration_id,
    patient_id,
    null as dose_number,
    starts_at as dose_started_at,
    ends_at as dose_ended_at,
    null as dexamethasone_equivalent_mg,
    null as dexamethasone_equivalent_mg_080,
    null as dexamethasone_equivalent_mg_100,
    is_unresolved,
    true as is_lower_bound,
    false as is_estimate,
    false as is_date_alone
from spans
