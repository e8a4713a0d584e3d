-- One row per dose that counts: when it began and ended and how much dexamethasone it equals.
with judged as (
    select * from {{ ref('int_exposure__judged') }}
    where is_counted or is_unresolved
),

numbered as (
    select
        *,
        {{ number_series('0', 'n_doses - 1') }} as dose_number
    from judged
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
    case when is_infusion and n_doses = 1 and ended_at > started_at then ended_at else dose_started_at end as dose_ended_at,
    case when is_counted then single_dose_mg * dexamethasone_factor end as dexamethasone_equivalent_mg,
    is_unresolved,
    is_single_dose_of_order
from timed
