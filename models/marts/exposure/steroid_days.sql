-- Rounded to a billionth of a milligram, as the windows are.
with daily_doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
    where quantity = 'dexamethasone_equivalent_day'
),

summed as (
    select
        patient_id,
        study_day,
        round(sum(share_on_day * dexamethasone_equivalent_mg), 9) as dexamethasone_equivalent_mg,
        count(distinct case when dose_number is not null then administration_id end) as n_administrations,
        bool_or(is_lower_bound) as is_lower_bound
    from daily_doses
    group by patient_id, study_day
)

select
    summed.patient_id,
    summed.study_day,
    summed.dexamethasone_equivalent_mg,
    cast(summed.n_administrations as integer) as n_administrations,
    summed.is_lower_bound,
    summed.dexamethasone_equivalent_mg > plausibility.warn_high as is_doubtful
from summed
cross join plausibility
where summed.dexamethasone_equivalent_mg > 0
