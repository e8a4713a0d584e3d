-- The worst evaluable grade of each day that was assessed; null where no assessment of the day was evaluable.
with graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
)

select
    patient_id,
    toxicity,
    study_day,
    max(day_grade) as grade,
    count(*) as n_assessments,
    count(day_grade) as n_evaluable
from graded
group by patient_id, toxicity, study_day
