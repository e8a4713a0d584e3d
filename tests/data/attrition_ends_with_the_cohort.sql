-- The last step leaves the cohort, the last step toward the treated population leaves the treated patients.
with attrition as (
    select * from {{ ref('cohort_attrition') }}
),

expected as (
    select max(step_number) as step_number, (select count(*) from {{ ref('cohort') }}) as n_remaining
    from attrition
    union all
    select max(step_number) as step_number, (select count(*) from {{ ref('treated_patients') }}) as n_remaining
    from attrition
    where population = 'treated'
)

select attrition.*
from attrition
inner join expected on attrition.step_number = expected.step_number
where attrition.n_remaining is distinct from expected.n_remaining
