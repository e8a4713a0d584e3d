-- The grades on which the decision to give the index drug was made, with the highest that each may have been.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

placed as (
    select
        index_time.patient_id,
        graded.toxicity,
        graded.grade,
        graded.highest_grade,
        {{ seconds_between('graded.assessed_at', 'index_time.index_started_at') }}
        between 0 and {{ integer_var('hours_of_grade_at_index') }} * 3600.0 as is_at_index,
        graded.assessed_at < index_time.index_started_at as is_before_index
    from index_time
    inner join graded on index_time.patient_id = graded.patient_id
),

highest as (
    select
        patient_id,
        toxicity,
        max(case when is_at_index then grade end) as grade_at_index,
        max(case when is_at_index then highest_grade end) as highest_grade_at_index,
        max(case when is_before_index then grade end) as peak_grade_before_index,
        max(case when is_before_index then highest_grade end) as highest_peak_before_index
    from placed
    group by patient_id, toxicity
)

select
    patient_id,
    toxicity,
    grade_at_index,
    highest_grade_at_index,
    {{ grade_certainty('grade_at_index', 'highest_grade_at_index') }} as grade_at_index_certainty,
    peak_grade_before_index,
    {{ grade_certainty('peak_grade_before_index', 'highest_peak_before_index') }} as peak_grade_before_index_certainty
from highest
