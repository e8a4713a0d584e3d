-- Every raw record that could not be read or used, with its text.
{% for entity in record_origins() %}
    select
        '{{ entity }}' as entity,
        dispositions.record_id,
        dispositions.source_file,
        dispositions.line_number,
        dispositions.reason,
        {{ json_record(record_columns(entity), 'records') }} as raw_record
    from {{ record_source(entity) }} as records
    inner join {{ ref('int_records__dispositions') }} as dispositions
        on
            records.source_file = dispositions.source_file
            and records.line_number = dispositions.line_number
            and dispositions.entity = '{{ entity }}'
            and dispositions.disposition = 'quarantined'
    union all
{% endfor %}
select entity, cast(null as string) as record_id, source_file, line_number, reason, raw_record
from {{ landed('intake', 'rejected_records') }}
union all
select entity, cast(null as string) as record_id, source_file, line_number, reason, raw_record
from {{ ref('int_omop__unreadable_rows') }}
