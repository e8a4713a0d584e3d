with dispositions as (
    select * from {{ ref('int_records__dispositions') }}
),

quarantined as (
    select * from {{ ref('int_records__quarantined') }}
),

read as (
    select entity, record_id, patient_id, source_file, line_number, disposition, reason from dispositions
    union all
    select
        quarantined.entity,
        quarantined.record_id,
        cast(null as string) as patient_id,
        quarantined.source_file,
        quarantined.line_number,
        'quarantined' as disposition,
        quarantined.reason
    from quarantined
    left join dispositions
        on
            quarantined.entity = dispositions.entity
            and quarantined.source_file = dispositions.source_file
            and quarantined.line_number = dispositions.line_number
    where dispositions.entity is null
)

select * from read
