{%- set kinds = {
    'medication': 'drug', 'test_name': 'laboratory test', 'unit': 'laboratory unit', 'route': 'route', 'product': 'product'
} %}
with terms as (
    select * from {{ ref('int_terminology__terms') }}
    union all
    select * from {{ ref('int_labs__unit_terms') }}
)

select
    case column_name
        {%- for column, kind in kinds.items() %}
            when '{{ column }}' then '{{ kind }}'
        {%- endfor %}
    end as term_kind,
    coalesce(vocabulary, '') as vocabulary,
    coalesce(code, '') as code,
    coalesce(source_text, '') as source_text,
    mapped_to,
    case when mapped_to is null then coalesce(not_mapped_because, 'no seed knows it') end as not_mapped_because,
    cast(n_records as bigint) as n_records
from terms
where column_name in ('{{ kinds | join("', '") }}')
