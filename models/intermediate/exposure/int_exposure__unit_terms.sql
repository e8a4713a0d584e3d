with doses as (
    select * from {{ ref('int_exposure__read_doses') }}
)

select
    'medication_administrations' as entity,
    'dose_unit' as column_name,
    cast(null as string) as vocabulary,
    cast(null as string) as code,
    unit_text as source_text,
    quantity as mapped_to,
    cast(null as string) as not_mapped_because,
    count(*) as n_records,
    count(distinct patient_id) as n_patients
from doses
group by unit_text, quantity
