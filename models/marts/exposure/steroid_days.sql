with daily_doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
    where dexamethasone_equivalent_mg > 0
),

plausibility as (
    select * from {{ ref('plausibility') }}
    where quantity = 'dexamethasone_equivalent_day'
)

select
    daily_doses.patient_id,
    daily_doses.study_day,
    daily_doses.dexamethasone_equivalent_mg,
    cast(daily_doses.n_administrations as integer) as n_administrations,
    daily_doses.is_lower_bound,
    daily_doses.certainty,
    daily_doses.dexamethasone_equivalent_mg > plausibility.warn_high as is_doubtful
from daily_doses
cross join plausibility
