-- By how many grades the index toxicity had fallen from its grade at the index time, at its best within some hours. A grade
-- that may have been higher at the index time makes it the least fall, one afterwards the most; both, and nobody can tell.
with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and grade is not null
),

improvement_windows as (
    select * from {{ ref('improvement_windows') }}
),

followed as (
    select
        cohort.patient_id,
        improvement_windows.within_hours,
        at_index.grade_at_index,
        at_index.highest_grade_at_index,
        at_index.grade_at_index_certainty,
        min(graded.grade) as lowest_grade,
        min(graded.highest_grade) as highest_lowest_grade
    from cohort
    cross join improvement_windows
    inner join at_index on cohort.patient_id = at_index.patient_id
    left join graded
        on
            cohort.patient_id = graded.patient_id
            and cohort.index_started_at < graded.assessed_at
            and {{ seconds_between('cohort.index_started_at', 'graded.assessed_at') }}
            <= improvement_windows.within_hours * 3600.0
    group by
        cohort.patient_id, improvement_windows.within_hours,
        at_index.grade_at_index, at_index.highest_grade_at_index, at_index.grade_at_index_certainty
),

fallen as (
    select
        *,
        grade_at_index - lowest_grade as grades_fallen,
        grade_at_index - highest_lowest_grade as least_fallen,
        case when grade_at_index is not null then highest_grade_at_index - lowest_grade end as most_fallen
    from followed
),

judged as (
    select
        *,
        case
            when grades_fallen is null then 'unknown'
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
    cast(lowest_grade as integer) as lowest_grade,
    {{ grade_certainty('lowest_grade', 'highest_lowest_grade') }} as lowest_grade_certainty,
    cast(case when certainty <> 'unknown' then grades_fallen end as integer) as grades_fallen,
    cast(least_fallen as integer) as least_fallen,
    cast(most_fallen as integer) as most_fallen,
    certainty
from judged
