with results as (
    select * from {{ ref('int_labs__converted') }}
)

select
    'lab_results' as entity,
    'unit' as column_name,
    'analyte' as vocabulary,
    analyte as code,
    unit_name as source_text,
    case when factor is not null then canonical_unit end as mapped_to,
    cast(null as string) as not_mapped_because,
    count(*) as n_records,
    count(distinct patient_id) as n_patients
from results
group by analyte, unit_name, factor, canonical_unit
