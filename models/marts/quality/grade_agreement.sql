with graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
    where computed_grade is not null and astct_grade = floor(astct_grade)
)

select
    toxicity,
    cast(computed_grade as integer) as computed_grade,
    cast(astct_grade as integer) as recorded_grade,
    count(*) as n_assessments,
    count(distinct patient_id) as n_patients
from graded
group by toxicity, computed_grade, astct_grade
