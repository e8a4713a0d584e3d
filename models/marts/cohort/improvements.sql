-- By how many grades the index toxicity had fallen from its grade at the index time, at its best within some hours: the least
-- where it may have been higher then, the most where it may have been higher afterwards; neither beside an estimate.
with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

lowest as (
    select * from {{ ref('int_cohort__lowest_grades') }}
),

fallen as (
    select
        cohort.patient_id,
        lowest.within_hours,
        lowest.lowest_grade,
        at_index.grade_at_index,
        at_index.grade_at_index_certainty,
        at_index.grade_at_index - lowest.lowest_grade as grades_fallen,
        case
            when at_index.grade_at_index_certainty != 'estimated' then at_index.grade_at_index - lowest.highest_lowest_grade
        end as least_fallen,
        case
            when at_index.grade_at_index_certainty != 'estimated' and at_index.grade_at_index + lowest.lowest_grade is not null
                then at_index.highest_grade_at_index - lowest.least_grade
        end as most_fallen,
        case
            when lowest.least_grade = lowest.lowest_grade
                then {{ grade_certainty('lowest.lowest_grade', 'lowest.highest_lowest_grade') }}
            when lowest.highest_lowest_grade = lowest.lowest_grade then 'at_most'
            else 'unknown'
        end as lowest_grade_certainty
    from cohort
    inner join lowest on cohort.patient_id = lowest.patient_id
    inner join at_index on cohort.patient_id = at_index.patient_id
),

judged as (
    select
        *,
        case
            when grades_fallen is null then 'unknown'
            when grade_at_index_certainty = 'estimated' then 'estimated'
            when least_fallen = most_fallen then 'exact'
            when least_fallen = grades_fallen then 'at_least'
            when most_fallen = grades_fallen then 'at_most'
            else 'unknown'
        end as certainty
    from fallen
)

select
    patient_id,
    within_hours,
    cast(grade_at_index as integer) as grade_at_index,
    grade_at_index_certainty,
    cast(case when lowest_grade_certainty != 'unknown' then lowest_grade end as integer) as lowest_grade,
    lowest_grade_certainty,
    cast(case when certainty != 'unknown' then grades_fallen end as integer) as grades_fallen,
    cast(least_fallen as integer) as least_fallen,
    cast(most_fallen as integer) as most_fallen,
    certainty
from judged
