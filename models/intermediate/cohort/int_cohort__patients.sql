-- Treated patients given the index drug during the index toxicity, with their response under the study's definition.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

exclusions as (
    select * from {{ ref('int_exclusions__all') }}
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

episodes as (
    select * from {{ ref('int_cohort__index_episodes') }}
),

responders as (
    select * from {{ ref('int_cohort__responders') }}
    where is_study_definition
)

select
    treated.patient_id,
    index_time.index_started_at,
    index_time.index_study_day,
    index_time.index_administration_id,
    episodes.onset_at as toxicity_onset_at,
    course.onset_at as first_onset_at,
    responders.resolved_at as toxicity_resolved_at,
    responders.outcome as study_group
from treated
inner join index_time on treated.patient_id = index_time.patient_id
inner join course on treated.patient_id = course.patient_id
inner join episodes on treated.patient_id = episodes.patient_id
inner join responders on treated.patient_id = responders.patient_id
where treated.patient_id not in (select exclusions.patient_id from exclusions)
