-- The earliest that each toxicity may have begun, and the earliest day after that on which it may have resolved under the study's
-- definition: at an assessment that cannot be read or graded it may have been there, and on a day of which no assessment can be
-- it may have been over. Under sedation nothing resolves, and an assessment without a date is of no day that a toxicity ended.
with assessments as (
    select * from {{ ref('int_cohort__assessments') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
    where definition = {{ text_var('response_definition') }}
),

days as (
    select
        days.patient_id,
        days.toxicity,
        days.study_day,
        days.is_followed,
        days.grade > definitions.highest_grade or days.is_sedated as is_unresolved,
        coalesce(days.grade, days.highest_unread_grade) is not null or (days.n_assessments > 0 and days.highest_grade is not null)
            as is_assessed,
        definitions.days_at_most,
        definitions.days_at_most + definitions.watch_days as days_looked_at
    from {{ ref('int_cohort__followed_days') }} as days
    cross join definitions
),

begun as (
    select
        patient_id,
        toxicity,
        min(study_day) as may_have_begun_day,
        case
            when min(case when is_present then assessed_at end) > min(assessed_at) then 'at_most'
            when
                min(case when is_present then assessed_at end)
                = min(case when is_present and is_date_alone then assessed_at end)
                then 'estimated'
            else 'exact'
        end as onset_certainty
    from assessments
    where is_present or is_unread or not is_evaluable
    group by patient_id, toxicity
),

free_days as (
    select days.patient_id, days.toxicity, days.study_day
    from days
    inner join days as coming
        on
            days.patient_id = coming.patient_id
            and days.toxicity = coming.toxicity
            and coming.study_day between days.study_day and days.study_day + days.days_looked_at - 1
    where days.is_followed and days.is_assessed
    group by days.patient_id, days.toxicity, days.study_day, days.days_at_most
    having
        not coalesce(bool_or(coming.is_unresolved), false)
        and count(case when coming.is_assessed and coming.study_day < days.study_day + days.days_at_most then 1 end)
        = days.days_at_most
    union all
    select patient_id, toxicity, study_day
    from {{ ref('int_cohort__resolved_days') }}
    where definition = {{ text_var('response_definition') }}
)

select
    begun.patient_id,
    begun.toxicity,
    begun.onset_certainty,
    begun.may_have_begun_day,
    min(free_days.study_day) as may_have_resolved_day
from begun
left join free_days
    on
        begun.patient_id = free_days.patient_id
        and begun.toxicity = free_days.toxicity
        and begun.may_have_begun_day < free_days.study_day
group by begun.patient_id, begun.toxicity, begun.onset_certainty, begun.may_have_begun_day
