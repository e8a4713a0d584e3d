-- Which responders had no glucocorticoid, or next to none, before the index drug?
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('steroid_exposure') }}
select
    cohort.patient_id,
    cohort.product,
    cohort.icans_grade_at_index,
    exposure.dexamethasone_equivalent_mg,
    exposure.is_lower_bound
from marts.cohort as cohort
inner join marts.steroid_exposure as exposure
    on cohort.patient_id = exposure.patient_id and exposure.exposure_window = 'before_index'
where
    cohort.study_group = 'responder'
    and exposure.dexamethasone_equivalent_mg <= 10
order by exposure.dexamethasone_equivalent_mg, cohort.patient_id
