-- How many were treated, with which product, how many are in the cohort, and how many responded?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('cohort') }}
select
    treated.product,
    count(*) as n_treated,
    count(cohort.patient_id) as n_cohort,
    count(*) filter (where cohort.study_group = 'responder') as n_responders,
    count(*) filter (where cohort.study_group = 'not_evaluable') as n_not_evaluable
from marts.treated_patients as treated
left join marts.cohort as cohort on treated.patient_id = cohort.patient_id
group by treated.product
order by n_treated desc, treated.product asc
