-- Every raw record that could not be read or used, with its text.
{% for entity in var('record_sources') %}
select
    '{{ entity }}' as entity,
    dispositions.record_id,
    dispositions.source_file,
    dispositions.line_number,
    dispositions.reason,
    {{ json_record(record_columns(entity)) }} as raw_record
from {{ record_source(entity) }}
inner join (
    select * from {{ ref('int_records__dispositions') }}
    where entity = '{{ entity }}' and disposition = 'quarantined'
) as dispositions using (source_file, line_number)
union all
{% endfor %}
select
    entity,
    cast(null as string) as record_id,
    source_file,
    line_number,
    reason,
    raw_record
from {{ source('intake', 'rejected_records') }}
