-- The first day after resolution on which a toxicity was there again, and the first on which it may have been: after the earliest
-- day on which it may have resolved, and the days that the study's definition looks at, at an assessment that cannot be read or
-- graded.
with course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
),

bounds as (
    select * from {{ ref('int_cohort__course_bounds') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
    where definition = {{ text_var('response_definition') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
),

present_days as (
    select patient_id, toxicity, study_day
    from {{ ref('int_cohort__followed_days') }}
    where is_followed and is_present
),

doubtful_days as (
    select course.patient_id, course.toxicity, min(assessments.study_day) as may_have_recurred_day
    from course
    inner join bounds on course.patient_id = bounds.patient_id and course.toxicity = bounds.toxicity
    cross join definitions
    inner join assessments
        on
            course.patient_id = assessments.patient_id
            and course.toxicity = assessments.toxicity
            and bounds.may_have_resolved_day + definitions.days_at_most + definitions.watch_days <= assessments.study_day
    where assessments.is_present or assessments.is_unread or not assessments.is_evaluable
    group by course.patient_id, course.toxicity
)

select
    course.patient_id,
    course.toxicity,
    min(present_days.study_day) as recurred_day,
    {{ days_after('treated.infused_at', 'min(present_days.study_day)') }} as recurred_at,
    case
        when min(doubtful_days.may_have_recurred_day) < min(present_days.study_day) then 'at_most'
        else 'exact'
    end as certainty
from course
inner join {{ ref('int_treated__patients') }} as treated on course.patient_id = treated.patient_id
inner join present_days
    on
        course.patient_id = present_days.patient_id
        and course.toxicity = present_days.toxicity
        and course.resolved_day < present_days.study_day
left join doubtful_days on course.patient_id = doubtful_days.patient_id and course.toxicity = doubtful_days.toxicity
group by course.patient_id, course.toxicity, treated.infused_at
