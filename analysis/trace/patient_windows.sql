-- How much glucocorticoid was each treated patient given in each window, and how certain is that?
-- depends_on: {{ ref('steroid_exposure') }}
select
    patient_id,
    exposure_window,
    dexamethasone_equivalent_mg,
    certainty,
    n_administrations,
    n_unresolved_doses
from marts.steroid_exposure
order by patient_id, exposure_window
