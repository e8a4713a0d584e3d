-- What OMOP cannot carry comes from the extract's infusion of the patient and calendar day, where there is one.
with infusions as (
    select
        *,
        cast(infused_time as date) as infused_on
    from {{ ref('int_omop__infusion_rows') }}
    where no_record_because is null
),

stays as (
    select * from {{ ref('int_omop__stays') }}
)

select
    infusions.infusion_id,
    infusions.patient_id,
    infusions.infused_at,
    infusions.product,
    coalesce(indications.indication, details.indication) as indication,
    coalesce(details.care_setting, {{ text_var('omop_care_setting') }}) as care_setting,
    details.lymphodepletion_started_at,
    case
        when not coalesce(stays.is_no_discharge, false) then coalesce(cast(stays.ended_on as string), details.discharged_on)
    end as discharged_on,
    details.prior_lines,
    details.disease_status,
    details.ann_arbor_stage,
    details.ecog,
    details.extranodal_sites,
    details.ipi,
    infusions.source_file,
    infusions.line_number
from infusions
left join {{ ref('int_omop__infusion_details') }} as details
    on infusions.patient_id = details.patient_id and infusions.infused_on = details.infused_on
left join {{ ref('int_omop__indications') }} as indications
    on infusions.person_id = indications.person_id and infusions.infused_on = indications.infused_on
left join stays
    on infusions.person_id = stays.person_id and infusions.infused_on between stays.starts_on and stays.until_on
