-- Doses, each when it was given, of an unknown amount where only the route is known; and without a number the spans in which an
-- unknown amount may have been given.
with judged as (
    select * from {{ ref('int_exposure__administrations') }}
),

numbered as (
    select
        *,
        {{ number_series('0', 'n_doses - 1') }} as dose_number
    from judged
    where is_counted or (is_unresolved and route is not null)
),

timed as (
    select
        *,
        case
            when dose_number = 0 then started_at
            else {{ seconds_after('started_at', 'dose_number * 86400.0 / doses_per_day') }}
        end as dose_started_at
    from numbered
)

select
    administration_id,
    patient_id,
    dose_number,
    dose_started_at,
    case when is_infusion then runs_until end as dose_ended_at,
    case when is_counted then single_dose_mg * dexamethasone_factor end as dexamethasone_equivalent_mg,
    case when is_counted then single_dose_mg * factor_080 end as dexamethasone_equivalent_mg_080,
    case when is_counted then single_dose_mg * factor_100 end as dexamethasone_equivalent_mg_100,
    false as is_unresolved,
    false as is_lower_bound
from timed
union all
select
    administration_id, patient_id, null as dose_number, started_at as dose_started_at, lasts_until as dose_ended_at,
    null as dexamethasone_equivalent_mg, null as dexamethasone_equivalent_mg_080, null as dexamethasone_equivalent_mg_100,
    is_unresolved, true as is_lower_bound
from judged
where is_unresolved or is_single_dose_of_order
