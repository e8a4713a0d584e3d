-- How much glucocorticoid did the cohort get on each study day, by study group?
-- depends_on: {{ ref('steroid_days') }}
-- depends_on: {{ ref('cohort') }}
select
    days.study_day,
    cohort.study_group,
    count(*) as n_patients,
    count(case when days.dexamethasone_equivalent_mg > 0 then 1 end) as n_given,
    round(median(days.dexamethasone_equivalent_mg), 1) as median_dexamethasone_equivalent_mg
from marts.steroid_days as days
inner join marts.cohort as cohort on days.patient_id = cohort.patient_id
group by days.study_day, cohort.study_group
order by days.study_day, cohort.study_group
