-- By how many grades the index toxicity had fallen from its grade at the index time, at its best within some hours.
with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

improvement_windows as (
    select * from {{ ref('improvement_windows') }}
),

followed as (
    select
        cohort.patient_id,
        improvement_windows.within_hours,
        at_index.grade_at_index,
        min(graded.grade) as lowest_grade
    from cohort
    cross join improvement_windows
    inner join at_index on cohort.patient_id = at_index.patient_id
    left join graded
        on
            cohort.patient_id = graded.patient_id
            and cohort.index_started_at < graded.assessed_at
            and {{ seconds_between('cohort.index_started_at', 'graded.assessed_at') }}
            <= improvement_windows.within_hours * 3600.0
    group by cohort.patient_id, improvement_windows.within_hours, at_index.grade_at_index
)

select
    patient_id,
    within_hours,
    cast(grade_at_index as integer) as grade_at_index,
    cast(lowest_grade as integer) as lowest_grade,
    cast(grade_at_index - lowest_grade as integer) as grades_fallen
from followed
