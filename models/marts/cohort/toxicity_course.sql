with course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where onset_at is not null
),

bounds as (
    select * from {{ ref('int_cohort__course_bounds') }}
),

peaks as (
    select * from {{ ref('int_toxicity__peaks') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
),

judged as (
    select
        course.*,
        bounds.onset_certainty,
        case
            when course.resolved_day is null then 'unknown'
            when bounds.may_have_resolved_day < course.resolved_day then 'at_most'
            else 'exact'
        end as resolved_certainty,
        bounds.may_have_begun_day < course.onset_day as may_have_begun_before
    from course
    inner join bounds on course.patient_id = bounds.patient_id and course.toxicity = bounds.toxicity
),

measured as (
    select
        *,
        case
            when resolved_certainty != 'exact' and (may_have_begun_before or resolved_certainty = 'unknown') then 'unknown'
            when may_have_begun_before then 'at_least'
            else resolved_certainty
        end as duration_certainty
    from judged
)

select
    measured.patient_id,
    measured.toxicity,
    measured.onset_at,
    measured.onset_day,
    measured.onset_certainty,
    measured.resolved_at,
    measured.resolved_day,
    measured.resolved_certainty,
    case when measured.duration_certainty != 'unknown' then measured.resolved_day - measured.onset_day + 1 end as duration_days,
    measured.duration_certainty,
    recurrences.recurred_day,
    recurrences.recurred_at,
    coalesce(recurrences.certainty, 'unknown') as recurred_certainty,
    cast(peaks.peak_grade as integer) as peak_grade,
    coalesce(peaks.certainty, 'unknown') as certainty,
    cast(at_index.grade_at_index as integer) as grade_at_index,
    coalesce(at_index.grade_at_index_certainty, 'unknown') as grade_at_index_certainty,
    cast(at_index.peak_grade_before_index as integer) as peak_grade_before_index,
    coalesce(at_index.peak_grade_before_index_certainty, 'unknown') as peak_grade_before_index_certainty
from measured
left join {{ ref('int_cohort__recurrences') }} as recurrences
    on measured.patient_id = recurrences.patient_id and measured.toxicity = recurrences.toxicity
left join peaks on measured.patient_id = peaks.patient_id and measured.toxicity = peaks.toxicity
left join at_index on measured.patient_id = at_index.patient_id and measured.toxicity = at_index.toxicity
