-- Do baseline risk scores tell responders from non-responders, and in how many patients can they be computed?
-- depends_on: {{ ref('baseline_scores') }}
-- depends_on: {{ ref('cohort') }}
select
    cohort.study_group,
    count(*) as n_patients,
    count(scores.easix) as n_easix,
    round(median(scores.easix), 2) as median_easix,
    count(scores.m_easix) as n_m_easix,
    round(median(scores.m_easix), 2) as median_m_easix,
    count(scores.car_hematotox) as n_car_hematotox,
    median(scores.car_hematotox) as median_car_hematotox
from marts.cohort as cohort
left join marts.baseline_scores as scores on cohort.patient_id = scores.patient_id
group by cohort.study_group
order by cohort.study_group
