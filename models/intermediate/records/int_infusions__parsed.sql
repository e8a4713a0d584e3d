{{ config(materialized='ephemeral') }}

{%- set cells = [
    {'name': 'infusion_id', 'kind': 'text', 'required': true},
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'infused_at', 'kind': 'time', 'required': true},
    {'name': 'care_setting', 'kind': 'term', 'values': ['standard of care', 'clinical trial', 'expanded access'], 'required': true},
    {'name': 'lymphodepletion_started_at', 'kind': 'time'},
    {'name': 'discharged_on', 'kind': 'date'},
    {'name': 'prior_lines', 'kind': 'integer', 'quantity': 'prior_lines'},
    {'name': 'disease_status', 'kind': 'term', 'values': ['refractory', 'relapsed', 'responding']},
    {'name': 'ecog', 'kind': 'integer', 'quantity': 'ecog'},
    {'name': 'extranodal_sites', 'kind': 'integer', 'quantity': 'extranodal_sites'},
    {'name': 'ipi', 'kind': 'integer', 'quantity': 'ipi'},
] %}
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
        {{ ann_arbor_stage('source.ann_arbor_stage') }} as ann_arbor_stage,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when products.product is null then 'unknown_product' end",
            "case when indications.indication_group is null then 'unknown_indication' end",
            "case when source.ann_arbor_stage is not null and " ~ ann_arbor_stage('source.ann_arbor_stage') ~ " is null then 'unknown_ann_arbor_stage' end",
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
