with source as (
    select * from {{ source('landing', 'infusions') }}
),

cleaned as (
    select
        {{ cleaned('infusion_id') }} as infusion_id,
        {{ cleaned('patient_id') }} as patient_id,
        {{ cleaned('infused_at') }} as infused_at,
        {{ cleaned('product') }} as product,
        {{ cleaned('indication') }} as indication,
        {{ cleaned('care_setting') }} as care_setting,
        {{ cleaned('lymphodepletion_started_at') }} as lymphodepletion_started_at,
        {{ cleaned('discharged_on') }} as discharged_on,
        {{ cleaned('prior_lines') }} as prior_lines,
        {{ cleaned('disease_status') }} as disease_status,
        {{ cleaned('ann_arbor_stage') }} as ann_arbor_stage,
        {{ cleaned('ecog') }} as ecog,
        {{ cleaned('extranodal_sites') }} as extranodal_sites,
        {{ cleaned('ipi') }} as ipi,
        source_file,
        line_number
    from source
)

select * from cleaned
