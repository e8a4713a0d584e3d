-- The grades on which the decision to give the index drug was made.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
)

select
    index_time.patient_id,
    graded.toxicity,
    max(case
        when
            {{ seconds_between('graded.assessed_at', 'index_time.index_started_at') }}
            between 0 and {{ integer_var('hours_of_grade_at_index') }} * 3600.0
            then graded.grade
    end) as grade_at_index,
    max(case when graded.assessed_at < index_time.index_started_at then graded.grade end) as peak_grade_before_index
from index_time
inner join graded on index_time.patient_id = graded.patient_id
group by index_time.patient_id, graded.toxicity
