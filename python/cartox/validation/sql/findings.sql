with found as (
    select entity, reason, source_file, line_number, 'quarantined' as consequence from marts.quarantined_records
    union all
    select entity, reason, source_file, line_number, 'cell not used' from marts.nulled_values
    union all
    select entity, unnest(string_split(nulled_cells, '|')), source_file, line_number, 'cell unusable, too'
    from intermediate.int_records__quarantined
    union all
    select entity, disposition, source_file, line_number, 'counted once' from marts.record_dispositions
    where disposition in ('duplicate', 'superseded')
    union all
    select 'lab_results', unusable_reason, source_file, line_number, 'result not used' from intermediate.int_labs__usability
    where unusable_reason is not null
    union all
    select 'medication_administrations', dose_text_fault, source_file, line_number, 'dose unknown'
    from intermediate.int_exposure__read_doses
    where dose_text_fault is not null
)

select
    entity, reason, consequence, source_file, count(*) as n_records, min(line_number, $n_lines) as lines
from found
group by entity, reason, consequence, source_file
order by entity asc, n_records desc, reason asc, consequence asc, source_file asc
