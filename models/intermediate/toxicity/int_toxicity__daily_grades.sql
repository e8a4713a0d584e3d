-- The worst evaluable grade of each day that was assessed or may have been, how certain it is, and the first assessment that
-- shows it; null where no assessment of the day was evaluable.
with graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

toxicities as (
    select * from {{ ref('toxicities') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by patient_id, toxicity, study_day
            order by day_grade desc nulls last, assessed_at asc, assessment_id asc
        ) as place
    from graded
)

select
    ranked.patient_id,
    ranked.toxicity,
    ranked.study_day,
    max(ranked.day_grade) as grade,
    max(ranked.highest_day_grade) as highest_grade,
    max(ranked.highest_unread_grade) as highest_unread_grade,
    {{ grade_certainty('max(ranked.day_grade)', 'max(ranked.highest_day_grade)') }} as certainty,
    max(ranked.day_grade) >= toxicities.onset_grade as is_present,
    ranked.study_day <= coalesce(toxicities.last_study_day, {{ integer_var('last_study_day') }}) as is_followed,
    max(case when ranked.place = 1 and ranked.day_grade is not null then ranked.assessment_id end) as deciding_assessment_id,
    count(case when ranked.is_time_known then 1 end) as n_assessments,
    count(ranked.day_grade) as n_evaluable
from ranked
inner join toxicities on ranked.toxicity = toxicities.toxicity
group by ranked.patient_id, ranked.toxicity, ranked.study_day, toxicities.onset_grade, toxicities.last_study_day
