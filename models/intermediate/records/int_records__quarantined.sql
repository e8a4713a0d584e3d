-- Every raw record that could not be read or used, with its text, and what of its cells was unusable beside.
with quarantined as (
    select * from {{ ref('int_records__dispositions') }}
    where disposition = 'quarantined'
)

{% for entity in record_origins() %}
    select
        '{{ entity }}' as entity,
        quarantined.record_id,
        quarantined.source_file,
        quarantined.line_number,
        quarantined.reason,
        quarantined.nulled_cells,
        {{ json_record(record_columns(entity), 'records') }} as raw_record
    from {{ record_source(entity) }} as records
    inner join quarantined
        on
            records.source_file = quarantined.source_file
            and records.line_number = quarantined.line_number
            and quarantined.entity = '{{ entity }}'
    union all
{% endfor %}
{% for unread in [landed('intake', 'rejected_records'), ref('int_omop__unreadable_rows')] %}
    select
        entity,
        cast(null as string) as record_id,
        source_file,
        line_number,
        reason,
        cast(null as string) as nulled_cells,
        raw_record
    from {{ unread }}
    {{ 'union all' if not loop.last }}
{% endfor %}
