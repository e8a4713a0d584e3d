with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where onset_at is not null
)

select
    patient_id,
    'no_toxicity' as reason
from index_time
where patient_id not in (select course.patient_id from course)
