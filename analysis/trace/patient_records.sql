-- What became of each raw record of a patient, and which of its cells could not be read?
-- depends_on: {{ ref('record_dispositions') }}
-- depends_on: {{ ref('nulled_values') }}
with nulled as (
    select
        entity,
        record_id,
        source_file,
        line_number,
        string_agg(reason, '; ' order by reason) as nulled_cells
    from marts.nulled_values
    group by entity, record_id, source_file, line_number
)

select
    records.patient_id,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.disposition,
    records.reason,
    nulled.nulled_cells
from marts.record_dispositions as records
left join nulled
    on
        records.entity = nulled.entity
        and records.source_file = nulled.source_file
        and records.line_number = nulled.line_number
        and records.disposition = 'accepted'
order by records.patient_id, records.entity, records.source_file, records.line_number, records.reason
