-- How many of the cohort responded to the index drug, by CAR-T product?
-- depends_on: {{ ref('cohort') }}
select
    product,
    count(*) as n_patients,
    count(case when study_group = 'responder' then 1 end) as n_responders,
    round(100.0 * count(case when study_group = 'responder' then 1 end) / count(*), 1) as pct_responders
from marts.cohort
group by product
order by n_patients desc, product asc
