-- One grade per assessment and toxicity. A recorded grade stands in where no component was charted.
with crs as (
    select * from {{ ref('int_toxicity__crs_grades') }}
),

icans as (
    select * from {{ ref('int_toxicity__icans_grades') }}
),

computed as (
    select
        patient_id, assessment_id, assessed_at, study_day, 'CRS' as toxicity, grade, day_grade, recorded_grade, false as is_hidden
    from crs
    union all
    select
        patient_id, assessment_id, assessed_at, study_day, 'ICANS' as toxicity, grade, grade as day_grade, recorded_grade,
        is_hidden_by_sedation as is_hidden
    from icans
)

select
    patient_id,
    assessment_id,
    assessed_at,
    study_day,
    toxicity,
    grade as computed_grade,
    recorded_grade,
    case when is_hidden then grade else coalesce(grade, recorded_grade) end as grade,
    case when is_hidden then day_grade else coalesce(day_grade, recorded_grade) end as day_grade
from computed
