-- Which records say when each treated patient was infused, and whether, when and of what the patient died?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('record_dispositions') }}
select
    treated.patient_id,
    treated.era as item,
    case when records.disposition = 'accepted' then 'used' else 'left out' end as role,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.reason
from marts.treated_patients as treated
inner join marts.record_dispositions as records on treated.patient_id = records.patient_id
where
    records.entity = 'vital_status'
    or (records.entity = 'infusions' and (records.record_id = treated.infusion_id or records.disposition != 'accepted'))
order by 1, 2, 3, 4, 6, 7
