-- Rounded to a billionth of a milligram, so that equal doses tie whatever the order in which they were summed.
with windows as (
    select * from {{ ref('int_exposure__windows') }}
),

split_doses as (
    select * from {{ ref('int_exposure__split_doses') }}
)

select
    windows.patient_id,
    windows.exposure_window,
    round(coalesce(sum(split_doses.dexamethasone_equivalent_mg), 0.0), 9) as dexamethasone_equivalent_mg,
    cast(count(distinct case when not split_doses.is_unresolved then split_doses.administration_id end) as integer)
        as n_administrations,
    cast(count(distinct case when split_doses.is_unresolved then split_doses.administration_id end) as integer)
        as n_unresolved_doses,
    coalesce(bool_or(split_doses.is_unresolved or split_doses.is_single_dose_of_order), false) as is_lower_bound
from windows
left join split_doses
    on
        windows.patient_id = split_doses.patient_id
        and windows.exposure_window = split_doses.exposure_window
group by windows.patient_id, windows.exposure_window
