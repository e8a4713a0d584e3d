-- Which toxicities each patient with an index time was seen to have, of those in whom the index toxicity could be graded at all:
-- nobody is without a toxicity because nobody looked.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where is_evaluable
)

select
    index_time.patient_id,
    bool_or(assessments.is_present) as is_any_seen,
    bool_or(assessments.is_present and assessments.toxicity = {{ text_var('index_toxicity') }}) as is_index_toxicity_seen
from index_time
inner join assessments on index_time.patient_id = assessments.patient_id
group by index_time.patient_id
having bool_or(assessments.toxicity = {{ text_var('index_toxicity') }})
