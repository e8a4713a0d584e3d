-- How many of the cohort responded under each definition of response, and how far do they differ from the study's own?
-- depends_on: {{ ref('response_labels') }}
-- depends_on: {{ ref('cohort') }}
select
    labels.definition,
    count(*) as n_patients,
    count(case when labels.is_responder then 1 end) as n_responders,
    count(case when labels.is_responder is null then 1 end) as n_undetermined,
    count(case when labels.is_responder != (cohort.study_group = 'responder') then 1 end) as n_in_the_other_group
from marts.response_labels as labels
inner join marts.cohort as cohort on labels.patient_id = cohort.patient_id
group by labels.definition
order by n_in_the_other_group asc, labels.definition asc
