-- How much glucocorticoid was given before and after the index time, and how certain is it?
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('steroid_exposure') }}
select
    cohort.study_group,
    exposure.exposure_window,
    count(*) as n_patients,
    median(exposure.dexamethasone_equivalent_mg) as median_mg,
    count(*) filter (where exposure.certainty != 'exact') as n_not_exact
from marts.cohort as cohort
inner join marts.steroid_exposure as exposure on cohort.patient_id = exposure.patient_id
group by cohort.study_group, exposure.exposure_window
order by cohort.study_group, exposure.exposure_window
