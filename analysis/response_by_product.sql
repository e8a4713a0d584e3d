-- How many of those whose outcome is known responded to the index drug, by CAR-T product?
-- depends_on: {{ ref('cohort') }}
select
    product,
    count(*) as n_patients,
    count(case when study_group = 'responder' then 1 end) as n_responders,
    count(case when study_group = 'not_evaluable' then 1 end) as n_not_evaluable,
    round(
        100.0 * count(case when study_group = 'responder' then 1 end)
        / nullif(count(case when study_group in ('responder', 'non_responder') then 1 end), 0), 1
    ) as pct_responders
from marts.cohort
group by product
order by n_patients desc, product asc
