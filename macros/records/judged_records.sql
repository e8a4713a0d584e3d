{#- Every raw record with what becomes of it (disposition) and why (reason), from its parsed cells and the verdict on its
    repetitions. `parsed` carries the columns of the record, source_file, line_number, fault and nulled_cells. -#}
{% macro judged_records(parsed, verdicts) -%}
select
    parsed.*,
    case
        when verdicts.verdict in ('duplicate', 'superseded') then verdicts.verdict
        when verdicts.verdict = 'conflicting_id' or parsed.fault is not null then 'quarantined'
        else 'accepted'
    end as disposition,
    coalesce(verdicts.verdict, parsed.fault) as reason
from {{ parsed }} as parsed
left join {{ verdicts }} as verdicts
    on parsed.source_file = verdicts.source_file and parsed.line_number = verdicts.line_number
{%- endmacro %}
