{#- Every raw record of a kind with its cells typed, the cells that became null and why, and what is wrong with the record as a
    whole; for the kinds that name a patient and whose cells no seed translates. `cells` are as for `typed`. -#}
{% macro parsed_records(kind, cells) -%}
with source as (
    select * from {{ record_source(kind) }}
),

patients as (
    select * from {{ accepted('patients') }}
)

select
    {{ typed_columns(cells) }},
    source.source_file,
    source.line_number,
    {{ nulled_cells(cells) }} as nulled_cells,
    coalesce(
        {{ row_fault(cells) }},
        case when patients.patient_id is null then 'unknown_patient' end
    ) as fault
from source
left join patients on source.patient_id = patients.patient_id
{%- endmacro %}
