-- Treated patients given the index drug during the index toxicity, with their response under the study's definition.
with treated as (
    select * from {{ ref('int_population__treated') }}
),

exclusions as (
    select * from {{ ref('int_exclusions__all') }}
),

index_time as (
    select * from {{ ref('int_population__index_time') }}
),

course as (
    select * from {{ ref('int_toxicity__course') }}
    where toxicity = {{ text_var('index_toxicity') }}
)

select
    treated.patient_id,
    index_time.index_started_at,
    index_time.index_study_day,
    course.onset_at as toxicity_onset_at,
    course.resolved_at as toxicity_resolved_at,
    case when course.resolved_day is null then 'non_responder' else 'responder' end as study_group
from treated
inner join index_time on treated.patient_id = index_time.patient_id
inner join course on treated.patient_id = course.patient_id
where treated.patient_id not in (select exclusions.patient_id from exclusions)
