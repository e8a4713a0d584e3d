with days as (
    select
        patient_id,
        sum(dexamethasone_equivalent_mg) as days_mg
    from {{ ref('steroid_days') }}
    group by patient_id
),

totals as (
    select
        patient_id,
        dexamethasone_equivalent_mg as total_mg
    from {{ ref('steroid_exposure') }}
    where exposure_window = 'total' and certainty != 'unknown'
)

select
    coalesce(totals.patient_id, days.patient_id) as patient_id,
    totals.total_mg,
    days.days_mg
from totals
full outer join days on totals.patient_id = days.patient_id
where abs(coalesce(totals.total_mg, -1) - coalesce(days.days_mg, 0)) > 1e-6
