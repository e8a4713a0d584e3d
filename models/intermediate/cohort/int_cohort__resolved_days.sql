-- Every day that counts as resolution under the study's definition, and for who has an index time under each definition of
-- seeds/rules/response_definitions. Days that were not assessed neither help nor hurt in the watch period; a death or a day under
-- sedation within the days looked at means not resolved. Who is discharged alive by the end of the next day needs no assessment
-- on it, if the toxicity is not charted on the days after. A day of which nothing can be read may have been without the toxicity.
-- None is certain where what was charted and cannot be read, on the days looked at, may have been the toxicity, or where a grade
-- that it allows is a lower bound. Definitions that look for the same days share their rule.
with days as (
    select * from {{ ref('int_cohort__followed_days') }}
),

definitions as (
    select
        *,
        days_at_most + watch_days as days_looked_at,
        definition = {{ text_var('response_definition') }} as is_of_study
    from {{ ref('response_definitions') }}
),

rules as (
    select
        highest_grade,
        days_at_most,
        days_looked_at,
        bool_or(is_of_study) as is_of_study
    from definitions
    group by highest_grade, days_at_most, days_looked_at
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

deaths as (
    select * from {{ ref('int_cohort__deaths') }}
),

discharges as (
    select * from {{ ref('int_cohort__discharges') }}
),

candidates as (
    select
        days.patient_id,
        days.toxicity,
        days.study_day,
        rules.highest_grade,
        rules.days_at_most,
        rules.days_looked_at,
        index_time.patient_id is not null as has_index_time,
        discharges.patient_id is not null as is_discharged
    from days
    left join index_time
        on days.patient_id = index_time.patient_id and days.toxicity = {{ text_var('index_toxicity') }}
    inner join rules
        on
            (days.grade <= rules.highest_grade or (days.grade is null and days.highest_unread_grade is not null))
            and (rules.is_of_study or index_time.patient_id is not null)
    left join deaths on days.patient_id = deaths.patient_id
    left join discharges
        on
            days.patient_id = discharges.patient_id
            and discharges.discharge_day between days.study_day and days.study_day + 1
    where
        days.is_followed
        and (
            deaths.patient_id is null
            or deaths.earliest_death_day >= days.study_day + rules.days_looked_at
        )
),

followed as (
    select
        candidates.patient_id,
        candidates.toxicity,
        candidates.study_day,
        candidates.highest_grade,
        candidates.days_at_most,
        candidates.days_looked_at,
        candidates.has_index_time,
        candidates.is_discharged,
        count(
            case
                when days.study_day < candidates.study_day + candidates.days_at_most
                    then coalesce(days.grade, days.highest_unread_grade)
            end
        ) as n_days_assessed,
        coalesce(
            max(case when days.study_day < candidates.study_day + candidates.days_looked_at then days.grade end), 0
        ) as worst_grade,
        bool_or(days.is_sedated and days.study_day < candidates.study_day + candidates.days_looked_at) as is_sedated,
        count(case when days.study_day = candidates.study_day + 1 then days.grade end) > 0 as is_next_day_assessed,
        bool_or(days.is_present and days.study_day > candidates.study_day) as is_present_after,
        max(case when days.study_day < candidates.study_day + candidates.days_looked_at then days.highest_unread_grade end)
            as highest_unread_grade,
        max(
            case
                when days.study_day < candidates.study_day + candidates.days_looked_at and days.grade > 0 then days.highest_grade
            end
        ) as highest_grade_of_days,
        max(case when days.study_day > candidates.study_day then days.highest_unread_grade end) as highest_unread_grade_after
    from candidates
    inner join days
        on
            candidates.patient_id = days.patient_id
            and candidates.toxicity = days.toxicity
            and candidates.study_day <= days.study_day
            and candidates.study_day + greatest(
                candidates.days_looked_at, 2 + {{ integer_var('days_watched_after_discharge') }}
            ) > days.study_day
    group by
        candidates.patient_id, candidates.toxicity, candidates.study_day, candidates.highest_grade, candidates.days_at_most,
        candidates.days_looked_at, candidates.has_index_time, candidates.is_discharged
)

select
    followed.patient_id,
    followed.toxicity,
    definitions.definition,
    followed.study_day,
    coalesce(greatest(followed.highest_unread_grade, followed.highest_grade_of_days), 0) <= followed.highest_grade
    and (
        followed.n_days_assessed = followed.days_at_most
        or coalesce(followed.highest_unread_grade_after, 0) = 0
    ) as is_certain
from followed
inner join definitions
    on
        followed.highest_grade = definitions.highest_grade
        and followed.days_at_most = definitions.days_at_most
        and followed.days_looked_at = definitions.days_looked_at
        and (definitions.is_of_study or followed.has_index_time)
where
    followed.worst_grade <= followed.highest_grade
    and not followed.is_sedated
    and (
        followed.n_days_assessed = followed.days_at_most
        or (
            followed.n_days_assessed = followed.days_at_most - 1
            and followed.is_discharged
            and not followed.is_next_day_assessed
            and not followed.is_present_after
        )
    )
