-- One row per toxicity, study group and study day with the cohort patients of each grade.
with members as (
    select patient_id, study_group
    from marts.cohort
    union all
    select patient_id, 'all' as study_group
    from marts.cohort
)

select
    days.toxicity,
    members.study_group,
    days.study_day,
    count(days.grade) as n_evaluable,
    count(*) filter (where days.grade = 0) as n_grade_0,
    count(*) filter (where days.grade = 1) as n_grade_1,
    count(*) filter (where days.grade = 2) as n_grade_2,
    count(*) filter (where days.grade = 3) as n_grade_3,
    count(*) filter (where days.grade = 4) as n_grade_4,
    count(days.grade) filter (where days.certainty <> 'exact') as n_bounds
from marts.toxicity_days as days
inner join members on days.patient_id = members.patient_id
group by days.toxicity, members.study_group, days.study_day
order by days.toxicity, members.study_group, days.study_day
