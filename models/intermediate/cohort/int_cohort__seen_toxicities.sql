-- Which toxicities each patient with an index time was seen to have, of those in whom the index toxicity could be graded at all:
-- nobody is without a toxicity because nobody looked, or because what was charted cannot be read.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

assessments as (
    select
        *,
        toxicity = {{ text_var('index_toxicity') }} as is_of_index
    from {{ ref('int_cohort__assessments') }}
),

toxicities as (
    select count(*) as n_toxicities from {{ ref('toxicities') }}
),

seen as (
    select
        index_time.patient_id,
        bool_or(assessments.is_present) as is_present,
        bool_or(assessments.is_present and assessments.is_of_index) as is_index_present,
        bool_or(assessments.is_unread) as is_unread,
        bool_or(assessments.is_unread and assessments.is_of_index) as is_index_unread,
        count(distinct case when assessments.is_evaluable then assessments.toxicity end) as n_evaluable
    from index_time
    inner join assessments on index_time.patient_id = assessments.patient_id
    group by index_time.patient_id
    having bool_or(assessments.is_evaluable and assessments.is_of_index)
)

select
    seen.patient_id,
    case
        when seen.is_present then true when seen.n_evaluable = toxicities.n_toxicities and not seen.is_unread then false
    end as is_any_seen,
    case when seen.is_index_present then true when not seen.is_index_unread then false end as is_index_toxicity_seen
from seen
cross join toxicities
