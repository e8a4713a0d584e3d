-- The first day with a grade of 1 or more after resolution, by the last study day.
with course as (
    select * from {{ ref('int_toxicity__course') }}
),

daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
    where grade >= 1 and study_day <= {{ integer_var('last_study_day') }}
)

select
    course.patient_id,
    course.toxicity,
    min(daily.study_day) as recurred_day
from course
inner join daily
    on
        course.patient_id = daily.patient_id
        and course.toxicity = daily.toxicity
        and course.resolved_day < daily.study_day
group by course.patient_id, course.toxicity
