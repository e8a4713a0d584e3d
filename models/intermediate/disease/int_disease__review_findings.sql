-- What of responses and deaths a clinician should look at, with the records that show it.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

responses as (
    select * from {{ ref('int_disease__responses') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
)

select
    treated.patient_id,
    'recorded_response_differs' as reason,
    'response_assessments' as entity,
    responses.assessment_id as record_id
from treated
inner join responses on treated.patient_id = responses.patient_id
where responses.computed_response != responses.recorded_response
union all
select
    treated.patient_id,
    'implausible_death_date' as reason,
    'vital_status' as entity,
    treated.patient_id as record_id
from treated
inner join vital_status on treated.patient_id = vital_status.patient_id
where vital_status.is_death_date_implausible
union all
select distinct
    treated.patient_id,
    'conflicting_vital_status' as reason,
    'vital_status' as entity,
    treated.patient_id as record_id
from treated
inner join {{ set_aside('vital_status') }} as differing on treated.patient_id = differing.patient_id
where differing.reason = 'conflicting_id'
union all
select
    treated.patient_id,
    'charted_after_death' as reason,
    'vital_status' as entity,
    treated.patient_id as record_id
from treated
inner join vital_status on treated.patient_id = vital_status.patient_id
where vital_status.last_contact_on > treated.died_on
union all
select
    assessments.patient_id,
    'charted_after_death' as reason,
    'toxicity_assessments' as entity,
    assessments.assessment_id as record_id
from vital_status
inner join assessments on vital_status.patient_id = assessments.patient_id
where {{ days_between('vital_status.charted_died_on', 'assessments.assessed_at') }} > 0
union all
select
    patient_id,
    'charted_after_death' as reason,
    'response_assessments' as entity,
    assessment_id as record_id
from {{ ref('int_disease__scans') }}
where is_after_death and assessment_id is not null
