-- One grade per assessment and toxicity. A recorded grade stands in where no component was charted.
{#- The models that grade, each with its column of what an assessment adds to its day. #}
{%- set grading_models = {'int_toxicity__crs_grades': 'day_grade', 'int_toxicity__icans_grades': 'grade'} %}
with toxicities as (
    select * from {{ ref('toxicities') }}
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

computed as (
    {% for grading_model, day_grade in grading_models.items() %}
        select toxicity, patient_id, assessment_id, assessed_at, study_day, grade, {{ day_grade }} as day_grade, is_hidden
        from {{ ref(grading_model) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

recorded as (
    {% for column in record_columns('toxicity_assessments') if modules.re.fullmatch('recorded_[a-z_]+_grade', column) %}
        select assessment_id, '{{ column }}' as recorded_column, {{ column }} as recorded_grade from assessments
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (
    select
        computed.*,
        toxicities.onset_grade,
        recorded.recorded_grade,
        case when not computed.is_hidden then recorded.recorded_grade end as stand_in_grade
    from computed
    inner join toxicities on computed.toxicity = toxicities.toxicity
    left join recorded
        on computed.assessment_id = recorded.assessment_id and toxicities.recorded_column = recorded.recorded_column
)

select
    toxicity,
    patient_id,
    assessment_id,
    assessed_at,
    study_day,
    grade as computed_grade,
    recorded_grade,
    coalesce(grade, stand_in_grade) as grade,
    coalesce(day_grade, stand_in_grade) as day_grade,
    coalesce(grade, stand_in_grade) >= onset_grade as is_present
from compared
