-- At which step on the way to the cohort did each patient leave, and which reasons apply to a patient besides?
-- depends_on: {{ ref('record_dispositions') }}
-- depends_on: {{ ref('cohort_attrition') }}
-- depends_on: {{ ref('cohort_exclusions') }}
with patients as (
    select record_id as patient_id
    from marts.record_dispositions
    where entity = 'patients' and disposition = 'accepted'
),

judged as (
    select
        patients.patient_id,
        steps.step_number,
        steps.step,
        steps.population,
        exclusions.reason is not null as is_reason_to_leave
    from patients
    cross join marts.cohort_attrition as steps
    left join marts.cohort_exclusions as exclusions
        on patients.patient_id = exclusions.patient_id and steps.reason = exclusions.reason
),

ordered as (
    select
        judged.*,
        count(*) filter (where judged.is_reason_to_leave) over (
            partition by judged.patient_id order by judged.step_number
        ) as n_reasons_so_far
    from judged
)

select
    patient_id,
    step_number,
    step,
    population,
    is_reason_to_leave,
    case
        when n_reasons_so_far = 0 then 'stays'
        when n_reasons_so_far = 1 and is_reason_to_leave then 'leaves'
        when is_reason_to_leave then 'has left, for this too'
        else 'has left'
    end as outcome
from ordered
order by patient_id, step_number
