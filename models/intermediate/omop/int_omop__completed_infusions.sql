-- Which of the extract's infusions tell of an infusion that OMOP has.
with infusions as (
    select distinct patient_id, cast(infused_time as date) as infused_on from {{ ref('int_omop__infusion_rows') }}
    where no_record_because is null
),

extract_infusions as (
    select * from {{ ref('stg_extract__infusions') }}
)

select
    infusions.patient_id,
    infusions.infused_on,
    extract_infusions.source_file,
    extract_infusions.line_number
from extract_infusions
inner join infusions
    on
        extract_infusions.patient_id = infusions.patient_id
        and cast({{ parsed_time('extract_infusions.infused_at') }} as date) = infusions.infused_on
