with source as (
    select * from {{ landed('landing', 'infusions') }}
),

cleaned as (
    select
        {{ staged('infusion_id') }} as infusion_id,
        {{ staged('patient_id') }} as patient_id,
        {{ staged('infused_at') }} as infused_at,
        {{ staged('product') }} as product,
        {{ staged('indication') }} as indication,
        {{ staged('care_setting') }} as care_setting,
        {{ staged('lymphodepletion_started_at') }} as lymphodepletion_started_at,
        {{ staged('discharged_on') }} as discharged_on,
        {{ staged('prior_lines') }} as prior_lines,
        {{ staged('disease_status') }} as disease_status,
        {{ staged('ann_arbor_stage') }} as ann_arbor_stage,
        {{ staged('ecog') }} as ecog,
        {{ staged('extranodal_sites') }} as extranodal_sites,
        {{ staged('ipi') }} as ipi,
        source_file,
        line_number
    from source
)

select * from cleaned
