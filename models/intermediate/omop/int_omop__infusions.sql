-- What OMOP cannot carry comes from the extract's infusion of the patient and calendar day, where there is one.
with infusions as (
    select
        *,
        cast(infused_time as date) as infused_on
    from {{ ref('int_omop__infusion_rows') }}
    where no_record_because is null
),

stays as (
    select
        infusions.person_id,
        infusions.infused_on,
        max(visits.visit_end_date) as ended_on
    from infusions
    inner join {{ ref('stg_omop__visit_occurrence') }} as visits on infusions.person_id = visits.person_id
    inner join {{ ref('omop_concepts') }} as kinds
        on visits.visit_concept_id = kinds.concept_id and kinds.meaning = 'inpatient visit'
    where
        visits.unreadable_id is null
        and cast({{ parsed_time('visits.visit_start_date') }} as date) <= infusions.infused_on
        and cast({{ parsed_time('visits.visit_end_date') }} as date) >= infusions.infused_on
    group by infusions.person_id, infusions.infused_on
)

select
    infusions.infusion_id,
    infusions.patient_id,
    infusions.infused_at,
    infusions.product,
    coalesce(indications.indication, details.indication) as indication,
    coalesce(details.care_setting, {{ text_var('omop_care_setting') }}) as care_setting,
    details.lymphodepletion_started_at,
    coalesce(stays.ended_on, details.discharged_on) as discharged_on,
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
left join stays on infusions.person_id = stays.person_id and infusions.infused_on = stays.infused_on
