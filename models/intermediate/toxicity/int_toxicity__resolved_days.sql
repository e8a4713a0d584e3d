-- Every day that counts as resolution under each definition of seeds/rules/response_definitions. Days that were not assessed
-- neither help nor hurt in the watch period; a death within the days looked at means not resolved.
with daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
    where grade is not null
),

definitions as (
    select * from {{ ref('response_definitions') }}
),

treated as (
    select * from {{ ref('int_population__treated') }}
),

candidates as (
    select
        daily.patient_id,
        daily.toxicity,
        daily.study_day,
        definitions.definition,
        definitions.highest_grade,
        definitions.days_at_most,
        definitions.days_at_most + definitions.watch_days as days_looked_at,
        {{ days_between('treated.infused_at', 'treated.died_on') }} as death_day
    from daily
    inner join definitions on daily.grade <= definitions.highest_grade
    inner join treated on daily.patient_id = treated.patient_id
    where daily.study_day <= {{ integer_var('last_study_day') }}
),

followed as (
    select
        candidates.patient_id,
        candidates.toxicity,
        candidates.definition,
        candidates.study_day,
        candidates.days_at_most,
        sum(case
            when daily.study_day < candidates.study_day + candidates.days_at_most then 1
            else 0
        end) as n_days_assessed,
        max(daily.grade) as worst_grade,
        candidates.highest_grade
    from candidates
    inner join daily
        on
            candidates.patient_id = daily.patient_id
            and candidates.toxicity = daily.toxicity
            and daily.study_day between candidates.study_day and candidates.study_day + candidates.days_looked_at - 1
    where candidates.death_day is null or candidates.death_day >= candidates.study_day + candidates.days_looked_at
    group by all
)

select patient_id, toxicity, definition, study_day
from followed
where n_days_assessed = days_at_most and worst_grade <= highest_grade
