-- How much glucocorticoid did the cohort get on each study day, by study group? Of how many it may have been more, or is unknown?
-- depends_on: {{ ref('patient_days') }}
select
    study_day,
    study_group,
    count(*) as n_patients,
    count(case when dexamethasone_equivalent_mg > 0 then 1 end) as n_given,
    count(case when is_dexamethasone_lower_bound then 1 end) as n_at_least,
    count(case when dexamethasone_equivalent_mg is null then 1 end) as n_unknown,
    round(median(case when dexamethasone_equivalent_mg > 0 then dexamethasone_equivalent_mg end), 1)
        as median_mg_of_those_given
from marts.patient_days
group by study_day, study_group
order by study_day, study_group
