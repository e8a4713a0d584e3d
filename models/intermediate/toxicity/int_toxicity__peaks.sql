-- The highest grade of the days followed; a day that nobody could grade may have been higher, one that nobody assessed is
-- silence.
with daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
    where is_followed
)

select
    patient_id,
    toxicity,
    max(grade) as peak_grade,
    {{ grade_certainty('max(grade)', 'max(highest_grade)') }} as certainty
from daily
group by patient_id, toxicity
