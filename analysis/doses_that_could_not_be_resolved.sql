-- Which patients' glucocorticoid doses are lower bounds, and how many doses of theirs could not be resolved?
-- depends_on: {{ ref('steroid_exposure') }}
-- depends_on: {{ ref('treated_patients') }}
select
    exposure.patient_id,
    treated.is_in_cohort,
    exposure.n_administrations,
    exposure.n_unresolved_doses,
    round(exposure.dexamethasone_equivalent_mg, 1) as dexamethasone_equivalent_mg
from marts.steroid_exposure as exposure
inner join marts.treated_patients as treated on exposure.patient_id = treated.patient_id
where exposure.exposure_window = 'total' and exposure.is_lower_bound
order by treated.is_in_cohort desc, exposure.n_unresolved_doses desc, exposure.patient_id asc
