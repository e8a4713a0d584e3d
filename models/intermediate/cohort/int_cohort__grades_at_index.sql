-- The grades on which the decision to give the index drug was made, with the highest that each may have been. Of an assessment
-- nobody knows whether it lies in the time that is meant where it, or the index time, is charted with its date alone, any hour of
-- its day: it may have been the highest, and without another its grade is an estimate.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

timed as (
    select
        index_time.patient_id,
        graded.toxicity,
        graded.grade,
        graded.highest_grade,
        {{ seconds_between('graded.assessed_at', 'index_time.index_started_at') }} as seconds_before,
        case when assessments.is_date_alone then 86400.0 else 0.0 end as seconds_less,
        case when index_time.is_date_alone then 86400.0 else 0.0 end as seconds_more
    from index_time
    inner join graded on index_time.patient_id = graded.patient_id
    left join assessments on graded.assessment_id = assessments.assessment_id
),

{% set hours = integer_var('hours_of_grade_at_index') ~ ' * 3600.0' -%}
placed as (
    select
        *,
        seconds_before between 0 and {{ hours }} as is_at_index,
        seconds_before - seconds_less >= 0 and seconds_before + seconds_more <= {{ hours }} as is_surely_at_index,
        seconds_before + seconds_more >= 0 and seconds_before - seconds_less <= {{ hours }} as may_be_at_index,
        seconds_before > 0 as is_before_index,
        seconds_before - seconds_less >= 0 and seconds_before > 0 as is_surely_before_index,
        seconds_before + seconds_more > 0 as may_be_before_index
    from timed
),

highest as (
    select
        {%- for grade, place in [('grade_at_index', 'at_index'), ('peak_grade_before_index', 'before_index')] %}
            max(case when is_surely_{{ place }} then grade end) as {{ grade }},
            max(case when is_{{ place }} then grade end) as estimated_{{ grade }},
            max(case when may_be_{{ place }} then highest_grade end) as highest_{{ grade }},
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
