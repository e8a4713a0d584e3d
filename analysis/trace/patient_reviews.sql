-- What should a clinician look at, and in which line of which file does it stand?
-- depends_on: {{ ref('reviews') }}
-- depends_on: {{ ref('record_dispositions') }}
-- depends_on: {{ ref('treated_patients') }}
with pieces as (
    select
        patient_id,
        reason,
        unnest(string_split(records, '|')) as piece
    from marts.reviews
),

named as (
    select
        patient_id,
        reason,
        split_part(piece, ' ', 1) as entity,
        substr(piece, strpos(piece, ' ') + 1) as record_id
    from pieces
)

select
    named.patient_id,
    named.reason,
    named.entity,
    named.record_id,
    records.source_file,
    records.line_number,
    coalesce(treated.is_in_cohort, false) as is_in_cohort
from named
left join marts.treated_patients as treated on named.patient_id = treated.patient_id
left join marts.record_dispositions as records
    on
        named.entity = records.entity
        and named.record_id = records.record_id
        and records.disposition = 'accepted'
order by named.patient_id, named.reason, records.source_file, records.line_number, named.record_id
