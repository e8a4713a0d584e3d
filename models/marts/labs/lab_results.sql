with results as (
    select * from {{ ref('int_labs__repeats') }}
)

select
    result_id,
    patient_id,
    analyte,
    collected_at,
    result as raw_result,
    result_unit as raw_unit,
    value,
    unit,
    censoring,
    unusable_reason,
    case when unusable_reason is null then not_counted_reason end as not_counted_reason,
    reference_high,
    is_hemolysed,
    is_doubtful,
    source_file,
    line_number
from results
