-- The study's own definition, applied to every patient beside the others, gives the study groups.
with cohort as (
    select * from {{ ref('cohort') }}
),

labels as (
    select * from {{ ref('response_labels') }}
    where definition = {{ text_var('response_definition') }}
)

select cohort.patient_id
from cohort
left join labels on cohort.patient_id = labels.patient_id
where
    cohort.study_group is distinct from labels.outcome
    or cohort.toxicity_resolved_at is distinct from labels.resolved_at
