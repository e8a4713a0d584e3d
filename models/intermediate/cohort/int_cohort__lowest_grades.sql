-- The lowest grade of the index toxicity within some hours after the index time, and how low and how high that may have been:
-- what cannot be read may have been 0, and what may lie within these hours or beside them, as a day whose date alone was charted,
-- may have been lower.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

graded as (
    select
        graded.patient_id,
        graded.grade,
        graded.highest_grade,
        {{ seconds_between('index_time.index_started_at', 'graded.assessed_at') }}
        - case when index_time.is_date_alone then 86400.0 else 0.0 end as seconds_after_at_least,
        {{ seconds_between('index_time.index_started_at', 'graded.assessed_at') }}
        + case when assessments.is_date_alone or not graded.is_time_known then 86400.0 else 0.0 end as seconds_after_at_most
    from {{ ref('int_toxicity__graded_assessments') }} as graded
    inner join index_time on graded.patient_id = index_time.patient_id
    left join {{ ref('int_toxicity__assessments') }} as assessments on graded.assessment_id = assessments.assessment_id
    where
        graded.toxicity = {{ text_var('index_toxicity') }}
        and (graded.grade is not null or graded.highest_unread_grade is not null)
),

placed as (
    select
        index_time.patient_id,
        improvement_windows.within_hours,
        graded.grade,
        graded.highest_grade,
        graded.patient_id is not null as is_graded,
        graded.seconds_after_at_least > 0 and graded.seconds_after_at_most <= improvement_windows.within_hours * 3600.0
            as is_within
    from index_time
    cross join {{ ref('improvement_windows') }} as improvement_windows
    left join graded
        on
            index_time.patient_id = graded.patient_id
            and graded.seconds_after_at_most > 0
            and graded.seconds_after_at_least <= improvement_windows.within_hours * 3600.0
)

select
    patient_id,
    within_hours,
    min(case when is_within then grade end) as lowest_grade,
    min(case when is_within and grade is not null then highest_grade end) as highest_lowest_grade,
    min(case when is_graded then coalesce(grade, 0) end) as least_grade
from placed
group by patient_id, within_hours
