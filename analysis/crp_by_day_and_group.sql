-- What is the median CRP of each study day in responders and in non-responders, and of how many patients is it known?
-- depends_on: {{ ref('patient_days') }}
select
    study_day,
    study_group,
    median(crp_mg_l) as median_crp_mg_l,
    count(crp_mg_l) as n_known,
    count(*) filter (where is_crp_bound) as n_bounds
from marts.patient_days
group by study_day, study_group
order by study_day, study_group
