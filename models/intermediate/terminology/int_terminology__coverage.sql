-- Every text or code of the sources that the seeds are asked about, with what they make of it.
with medications as (
    select
        'drug' as term_kind,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.medication') }} as source_text,
        known.ingredient as mapped_to,
        cast(null as string) as not_mapped_because
    from {{ record_source('medication_administrations') }} as records
    left join {{ ref('int_terminology__medications') }} as known
        on
            {{ folded('records.medication') }} = known.medication_text
            and case when {{ folded('records.code_system') }} = 'rxnorm' then records.code end
            is not distinct from known.rxnorm_code
),

lab_results as (
    select
        'laboratory test' as term_kind,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.test_name') }} as source_text,
        known.analyte as mapped_to,
        known.excluded_because as not_mapped_because
    from {{ record_source('lab_results') }} as records
    left join {{ ref('int_terminology__lab_tests') }} as known
        on
            {{ folded('records.code_system') }} is not distinct from known.code_system
            and records.code is not distinct from known.code
            and {{ folded('records.test_name') }} is not distinct from known.test_name
),

units as (
    select
        'laboratory unit' as term_kind,
        'analyte' as vocabulary,
        records.analyte as code,
        records.unit_name as source_text,
        case when known.factor is not null then analytes.canonical_unit end as mapped_to,
        cast(null as string) as not_mapped_because
    from {{ ref('int_labs__read') }} as records
    inner join {{ ref('analytes') }} as analytes on records.analyte = analytes.analyte
    left join {{ ref('lab_units') }} as known on records.analyte = known.analyte and records.unit_name = known.name
),

routes as (
    select
        'route' as term_kind,
        cast(null as string) as vocabulary,
        cast(null as string) as code,
        {{ folded('route_text') }} as source_text,
        route as mapped_to,
        cast(null as string) as not_mapped_because
    from {{ ref('int_medication_administrations__accepted') }}
    where drug_class is not null
),

products as (
    select
        'product' as term_kind,
        cast(null as string) as vocabulary,
        cast(null as string) as code,
        {{ folded('records.product') }} as source_text,
        known.product as mapped_to,
        cast(null as string) as not_mapped_because
    from {{ record_source('infusions') }} as records
    left join {{ ref('int_terminology__products') }} as known on {{ folded('records.product') }} = known.product_text
)

{% for part in ['medications', 'lab_results', 'units', 'routes', 'products'] %}
    select * from {{ part }}
    {{ 'union all' if not loop.last }}
{% endfor %}
