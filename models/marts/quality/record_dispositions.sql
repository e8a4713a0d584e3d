with dispositions as (
    select * from {{ ref('int_records__dispositions') }}
)

select
    entity,
    record_id,
    patient_id,
    source_file,
    line_number,
    disposition,
    reason
from dispositions
