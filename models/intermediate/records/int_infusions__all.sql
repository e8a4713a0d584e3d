{%- set dosed = record_origins()['infusions'] == 'omop' %}
{%- set lymphodepletion = described_column('stg_extract__infusions', 'lymphodepletion_started_at') %}
{%- set cells = record_cells('infusions', [
    'infusion_id', 'patient_id', 'infused_at', 'care_setting', 'discharged_on',
    'prior_lines', 'disease_status', 'ecog', 'extranodal_sites', 'ipi', 'ann_arbor_stage',
]) %}
{%- set recorded_at = cell_value(lymphodepletion) %}
{%- set started_at = ("coalesce(lymphodepletions.started_at, " ~ recorded_at ~ ")") if dosed else recorded_at %}
{%- set is_in_time -%}
    {{ bounded(days_between(started_at, parsed_time('source.infused_at')), 'lymphodepletion_to_infusion') }} is not null
{%- endset %}
with source as (
    {{ bounded_source('infusions', cells + [lymphodepletion], ['lymphodepletion_to_infusion']) }}
),

patients as (
    select * from {{ ref('int_records__patients') }}
),

products as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'products'
),

indications as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'indications'
),

{%- if dosed %}

lymphodepletions as (
    select * from {{ ref('int_infusions__lymphodepletion') }}
),
{%- endif %}

parsed as (
    select
        {{ typed_columns(cells) }},
        coalesce(length(source.infused_at) = 10, false) as is_date_alone,
        case when {{ is_in_time }} then {{ started_at }} end as lymphodepletion_started_at,
        products.concept as product,
        indications.concept as indication_group,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            ("case when lymphodepletions.started_at is null then " ~ cell_fault(lymphodepletion) ~ " end")
            if dosed else cell_fault(lymphodepletion),
            "case when " ~ started_at ~ " is not null and not (" ~ is_in_time ~ ") then 'implausible_lymphodepletion_started_at' end",
            "case when source.product is null and " ~ row_fault(cells) ~ " is not null then 'missing_product' "
            ~ "when source.product is not null and products.concept is null then 'unknown_product' end",
            "case when source.indication is null and (source.product is null or " ~ row_fault(cells) ~ " is not null) "
            ~ "then 'missing_indication' "
            ~ "when source.indication is not null and indications.concept is null then 'unknown_indication' end",
        ]) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when source.product is null then 'missing_product' end,
            case when source.indication is null then 'missing_indication' end,
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join products on {{ folded('source.product') }} = products.source_text
    left join indications on {{ folded('source.indication') }} = indications.source_text
    {%- if dosed %}
    left join lymphodepletions
        on source.source_file = lymphodepletions.source_file and source.line_number = lymphodepletions.line_number
    {%- endif %}
)

{{ judged_records('infusions', 'infusion_id') }}
