-- By how many grades the index toxicity had fallen from its grade at the index time, at its best within some hours: the least
-- where it may have been higher then, the most where it may have been higher afterwards. What cannot be read may have been 0.
with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and (grade is not null or highest_unread_grade is not null)
),

followed as (
    select
        cohort.patient_id,
        improvement_windows.within_hours,
        at_index.grade_at_index,
        at_index.highest_grade_at_index,
        at_index.grade_at_index_certainty,
        min(graded.grade) as lowest_grade,
        min(case when graded.grade is not null then graded.highest_grade end) as highest_lowest_grade,
        min(case when graded.patient_id is not null then coalesce(graded.grade, 0) end) as least_grade
    from cohort
    cross join {{ ref('improvement_windows') }} as improvement_windows
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
        case when grade_at_index + lowest_grade is not null then highest_grade_at_index - least_grade end as most_fallen,
        case
            when least_grade = lowest_grade then {{ grade_certainty('lowest_grade', 'highest_lowest_grade') }}
            when highest_lowest_grade = lowest_grade then 'at_most'
            else 'unknown'
        end as lowest_grade_certainty
    from followed
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
    cast(case when lowest_grade_certainty <> 'unknown' then lowest_grade end as integer) as lowest_grade,
    lowest_grade_certainty,
    cast(case when certainty <> 'unknown' then grades_fallen end as integer) as grades_fallen,
    cast(least_fallen as integer) as least_fallen,
    cast(most_fallen as integer) as most_fallen,
    certainty
from judged
