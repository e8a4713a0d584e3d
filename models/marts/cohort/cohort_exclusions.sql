with exclusions as (
    select * from {{ ref('int_exclusions__all') }}
)

select
    patient_id,
    reason
from exclusions
