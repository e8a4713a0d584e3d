{{ config(materialized='ephemeral') }}

{%- set cells = record_cells('infusions', [
    'infusion_id', 'patient_id', 'infused_at', 'care_setting', 'lymphodepletion_started_at', 'discharged_on',
    'prior_lines', 'disease_status', 'ecog', 'extranodal_sites', 'ipi', 'ann_arbor_stage',
]) %}
with source as (
    select * from {{ record_source('infusions') }}
),

patients as (
    select * from {{ ref('int_patients__accepted') }}
),

products as (
    select * from {{ ref('int_terminology__products') }}
),

indications as (
    select * from {{ ref('indications') }}
),

parsed as (
    select
        {{ typed_columns(cells) }},
        products.product,
        indications.indication_group,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when products.product is null then 'unknown_product' end",
            "case when indications.indication_group is null then 'unknown_indication' end",
        ]) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when source.product is null then 'missing_product' end,
            case when source.indication is null then 'missing_indication' end,
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join products on {{ folded('source.product') }} = products.product_text
    left join indications on {{ folded('source.indication') }} = indications.name
)

select * from parsed
