{#- Every raw record of a kind with its cells typed, the cells that became null and why, and what is wrong with the record as a
    whole; for the kinds that name a patient. `cells` are as for `typed`, `further` reasons as for `nulled_cells`,
    `added` further columns by name. -#}
{% macro parsed_records(kind, cells, further=[], added={}) -%}
with source as (
    {{ bounded_source(kind, cells) }}
),

patients as (
    select * from {{ ref('int_records__patients') }}
)

select
    {{ typed_columns(cells) }},
    {%- for name, expression in added.items() %}
    {{ expression }} as {{ name }},
    {%- endfor %}
    source.source_file,
    source.line_number,
    {{ nulled_cells(cells, further) }} as nulled_cells,
    coalesce(
        {{ row_fault(cells) }},
        case when patients.patient_id is null then 'unknown_patient' end
    ) as fault
from source
left join patients on source.patient_id = patients.patient_id
{%- endmacro %}
