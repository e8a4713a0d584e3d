-- Onset and resolution by the study's definition of each toxicity in each treated patient.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

graded as (
    select * from {{ ref('int_toxicity__graded_assessments') }}
),

daily as (
    select * from {{ ref('int_toxicity__daily_grades') }}
),

resolved_days as (
    select * from {{ ref('int_cohort__resolved_days') }}
    where definition = {{ text_var('response_definition') }} and is_certain
),

followed as (
    select distinct patient_id, toxicity from daily
),

onsets as (
    select patient_id, toxicity, min(assessed_at) as onset_at, min(study_day) as onset_day
    from graded
    where is_present
    group by patient_id, toxicity
),

resolutions as (
    select onsets.patient_id, onsets.toxicity, min(resolved_days.study_day) as resolved_day
    from onsets
    inner join resolved_days
        on
            onsets.patient_id = resolved_days.patient_id
            and onsets.toxicity = resolved_days.toxicity
            and onsets.onset_day < resolved_days.study_day
    group by onsets.patient_id, onsets.toxicity
)

select
    followed.patient_id,
    followed.toxicity,
    onsets.onset_at,
    onsets.onset_day,
    resolutions.resolved_day,
    {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} as resolved_at
from followed
inner join treated on followed.patient_id = treated.patient_id
left join onsets on followed.patient_id = onsets.patient_id and followed.toxicity = onsets.toxicity
left join resolutions on followed.patient_id = resolutions.patient_id and followed.toxicity = resolutions.toxicity
