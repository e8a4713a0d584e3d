-- The grades on which the decision to give the index drug was made, with the highest that each may have been. Of an assessment of
-- the day of the index time nobody knows whether it came before where one of the two is charted with its date alone: it may have
-- been the highest, and without another its grade is an estimate.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

placed as (
    select
        index_time.patient_id,
        graded.toxicity,
        graded.grade,
        graded.highest_grade,
        {{ seconds_between('graded.assessed_at', 'index_time.index_started_at') }}
        between 0 and {{ integer_var('hours_of_grade_at_index') }} * 3600.0 as is_at_index,
        graded.assessed_at < index_time.index_started_at as is_before_index,
        coalesce(
            (assessments.is_date_alone or index_time.is_date_alone)
            and {{ days_between('graded.assessed_at', 'index_time.index_started_at') }} = 0, false
        ) as may_be_either_side
    from index_time
    inner join graded on index_time.patient_id = graded.patient_id
    left join assessments on graded.assessment_id = assessments.assessment_id
),

highest as (
    select
        {%- for grade, is_placed in [('grade_at_index', 'is_at_index'), ('peak_grade_before_index', 'is_before_index')] %}
            max(case when {{ is_placed }} and not may_be_either_side then grade end) as {{ grade }},
            max(case when {{ is_placed }} then grade end) as estimated_{{ grade }},
            max(case when {{ is_placed }} or may_be_either_side then highest_grade end) as highest_{{ grade }},
        {%- endfor %}
        patient_id,
        toxicity
    from placed
    group by patient_id, toxicity
)

select
    patient_id,
    toxicity,
    {%- for grade in ['grade_at_index', 'peak_grade_before_index'] %}
        coalesce({{ grade }}, estimated_{{ grade }}) as {{ grade }},
        case
            when {{ grade }} is null and estimated_{{ grade }} is not null then 'estimated'
            else {{ grade_certainty(grade, 'highest_' ~ grade) }}
        end as {{ grade }}_certainty,
    {%- endfor %}
    highest_grade_at_index
from highest
