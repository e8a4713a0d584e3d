-- Every day that counts as resolution under each definition of seeds/rules/response_definitions. Days that were not assessed
-- neither help nor hurt in the watch period; a death or a day under sedation within the days looked at means not resolved. Who is
-- discharged alive by the end of the next day needs no assessment on it, if the toxicity is not charted on the days after.
with days as (
    select * from {{ ref('int_cohort__followed_days') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
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
        definitions.definition,
        definitions.highest_grade,
        definitions.days_at_most,
        definitions.days_at_most + definitions.watch_days as days_looked_at,
        discharges.patient_id is not null as is_discharged
    from days
    inner join definitions on days.grade <= definitions.highest_grade
    left join deaths on days.patient_id = deaths.patient_id
    left join discharges
        on
            days.patient_id = discharges.patient_id
            and discharges.discharge_day between days.study_day and days.study_day + 1
    where
        days.is_followed
        and (
            deaths.patient_id is null
            or deaths.earliest_death_day >= days.study_day + definitions.days_at_most + definitions.watch_days
        )
),

followed as (
    select
        candidates.patient_id,
        candidates.toxicity,
        candidates.definition,
        candidates.study_day,
        candidates.days_at_most,
        candidates.highest_grade,
        candidates.is_discharged,
        count(case when days.study_day < candidates.study_day + candidates.days_at_most then days.grade end) as n_days_assessed,
        max(case when days.study_day < candidates.study_day + candidates.days_looked_at then days.grade end) as worst_grade,
        bool_or(days.is_sedated and days.study_day < candidates.study_day + candidates.days_looked_at) as is_sedated,
        count(case when days.study_day = candidates.study_day + 1 then days.grade end) > 0 as is_next_day_assessed,
        bool_or(days.is_present and days.study_day > candidates.study_day) as is_present_after
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
        candidates.patient_id, candidates.toxicity, candidates.definition, candidates.study_day, candidates.days_at_most,
        candidates.highest_grade, candidates.is_discharged
)

select patient_id, toxicity, definition, study_day
from followed
where
    worst_grade <= highest_grade
    and not is_sedated
    and (
        n_days_assessed = days_at_most
        or (
            n_days_assessed = days_at_most - 1
            and is_discharged
            and not is_next_day_assessed
            and not is_present_after
        )
    )
