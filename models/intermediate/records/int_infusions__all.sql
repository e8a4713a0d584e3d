{%- set dosed = var('record_sources')['infusions'] == 'omop' %}
{%- set lymphodepletion = {'name': 'lymphodepletion_started_at', 'kind': 'time'} %}
{%- set cells = [
    {'name': 'infusion_id', 'kind': 'text', 'required': true},
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'infused_at', 'kind': 'time', 'required': true},
    {'name': 'care_setting', 'kind': 'term', 'values': ['standard of care', 'clinical trial', 'expanded access'], 'required': true},
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
    select * from {{ accepted('patients') }}
),

products as (
    select * from {{ ref('int_terminology__products') }}
),

indications as (
    select * from {{ ref('indications') }}
),

{%- if dosed %}

lymphodepletions as (
    select * from {{ ref('int_infusions__lymphodepletion') }}
),
{%- endif %}

parsed as (
    select
        {{ typed_columns(cells) }},
        coalesce(
            {% if dosed %}lymphodepletions.started_at, {% endif %}{{ typed(lymphodepletion) }}
        ) as lymphodepletion_started_at,
        products.product,
        indications.indication_group,
        {{ ann_arbor_stage('source.ann_arbor_stage') }} as ann_arbor_stage,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            ("case when lymphodepletions.started_at is null then " ~ cell_fault(lymphodepletion) ~ " end")
            if dosed else cell_fault(lymphodepletion),
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
    {%- if dosed %}
    left join lymphodepletions
        on source.source_file = lymphodepletions.source_file and source.line_number = lymphodepletions.line_number
    {%- endif %}
)

{{ judged_records('infusions', 'infusion_id') }}
