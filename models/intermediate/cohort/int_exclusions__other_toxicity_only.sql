with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where onset_at is not null
)

select
    index_time.patient_id,
    'other_toxicity_only' as reason
from index_time
inner join course on index_time.patient_id = course.patient_id
group by index_time.patient_id
having not bool_or(course.toxicity = {{ text_var('index_toxicity') }})
