{#- Every raw record of a kind with what becomes of it (disposition) and why (reason), from its cells in `parsed` and from what
    `repeated_records` says of its repetitions; `parsed` has source_file, line_number, fault and nulled_cells beside the cells. -#}
{% macro judged_records(entity, id_column, is_correction='false', version_at='cast(null as timestamp)',
    agreeing=['patient_id']) -%}
select
    parsed.*,
    case
        when repeated.verdict in ('duplicate', 'superseded') then repeated.verdict
        when repeated.verdict = 'conflicting_id' or parsed.fault is not null then 'quarantined'
        else 'accepted'
    end as disposition,
    coalesce(repeated.verdict, parsed.fault) as reason
from parsed
left join (
    {{ repeated_records(entity, id_column, is_correction, version_at, agreeing) }}
) as repeated
    on parsed.source_file = repeated.source_file and parsed.line_number = repeated.line_number
{%- endmacro %}
