-- What of the index time a clinician should look at: charting follows treatment by hours, so that a first grade shortly after the
-- index drug may have been there before; and a row that cannot be read may have been a dose before the first that was read.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and is_present
),

unread_doses as (
    select * from {{ ref('int_cohort__unread_index_doses') }}
),

ranked as (
    select
        index_time.patient_id,
        index_time.index_started_at,
        assessments.assessment_id,
        assessments.assessed_at,
        row_number() over (
            partition by index_time.patient_id order by assessments.assessed_at, assessments.assessment_id
        ) as place
    from index_time
    inner join assessments on index_time.patient_id = assessments.patient_id
)

select
    patient_id,
    'graded_shortly_after_index' as reason,
    'toxicity_assessments' as entity,
    assessment_id as record_id
from ranked
where
    place = 1
    and assessed_at > index_started_at
    and {{ seconds_between('index_started_at', 'assessed_at') }} <= {{ integer_var('hours_of_late_charting') }} * 3600.0
union all
select
    unread_doses.patient_id,
    'index_drug_unread' as reason,
    'medication_administrations' as entity,
    unread_doses.record_id
from unread_doses
inner join index_time on unread_doses.patient_id = index_time.patient_id
where coalesce(unread_doses.started_at < index_time.index_started_at, true)
