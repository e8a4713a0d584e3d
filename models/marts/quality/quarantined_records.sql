with quarantined as (
    select * from {{ ref('int_records__quarantined') }}
)

select
    entity,
    record_id,
    source_file,
    line_number,
    reason,
    raw_record
from quarantined
