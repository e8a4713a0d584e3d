-- A row that could not be used, without a time or of a time before the index infusion, may have been a CAR-T before it.
with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

unusable as (
    select * from {{ ref('int_infusions__all') }}
    where disposition = 'quarantined'
)

select distinct
    candidates.patient_id,
    'unclear_infusions' as reason
from candidates
inner join unusable on candidates.patient_id = unusable.patient_id
where unusable.infused_at is null or unusable.infused_at < candidates.infused_at
