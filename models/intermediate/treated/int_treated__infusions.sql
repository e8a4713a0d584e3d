-- Every usable CAR-T infusion with whether it meets the study's conditions, and whether one came before it.
with infusions as (
    select * from {{ accepted('infusions') }}
),

products as (
    select * from {{ ref('products') }}
)

select
    infusions.*,
    products.target_antigen,
    coalesce(infusions.indication_group = {{ text_var('indication_group') }}, false) as is_study_indication,
    infusions.care_setting in {{ terms_var('care_settings') }} as is_study_care_setting,
    coalesce(products.target_antigen = {{ text_var('product_target') }}, false) as is_study_product_target,
    row_number() over (
        partition by infusions.patient_id order by infusions.infused_at, infusions.infusion_id
    ) as infusion_number
from infusions
left join products on infusions.product = products.product
