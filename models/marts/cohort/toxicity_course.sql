with course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where onset_at is not null
),

peaks as (
    select * from {{ ref('int_toxicity__peaks') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
)

select
    course.patient_id,
    course.toxicity,
    course.onset_at,
    course.onset_day,
    course.resolved_at,
    course.resolved_day,
    course.resolved_day - course.onset_day + 1 as duration_days,
    course.recurred_day,
    course.recurred_at,
    cast(peaks.peak_grade as integer) as peak_grade,
    coalesce(peaks.certainty, 'unknown') as certainty,
    cast(at_index.grade_at_index as integer) as grade_at_index,
    coalesce(at_index.grade_at_index_certainty, 'unknown') as grade_at_index_certainty,
    cast(at_index.peak_grade_before_index as integer) as peak_grade_before_index,
    coalesce(at_index.peak_grade_before_index_certainty, 'unknown') as peak_grade_before_index_certainty
from course
left join peaks on course.patient_id = peaks.patient_id and course.toxicity = peaks.toxicity
left join at_index on course.patient_id = at_index.patient_id and course.toxicity = at_index.toxicity
