-- How many vasopressors ran at the time of each assessment, charted with it or given over it.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

administrations as (
    select * from {{ ref('int_toxicity__vasopressor_administrations') }}
),

vasopressors as (
    select * from {{ ref('int_terminology__vasopressors') }}
),

running as (
    select assessments.assessment_id, vasopressors.ingredient, vasopressors.drug_class
    from assessments
    inner join vasopressors on {{ folded('assessments.vasopressors') }} = vasopressors.vasopressors_text
    union
    select assessments.assessment_id, administrations.ingredient, administrations.drug_class
    from assessments
    inner join administrations
        on
            assessments.patient_id = administrations.patient_id
            and assessments.assessed_at >= administrations.started_at
            and (assessments.assessed_at < administrations.ended_at or assessments.assessed_at = administrations.started_at)
)

select
    assessment_id,
    count(distinct case when drug_class = 'vasopressor' then ingredient end) as n_vasopressors,
    count(distinct case when drug_class = 'vasopressin' then ingredient end) as n_vasopressin
from running
group by assessment_id
