with all_terms as (
    select * from {{ ref('int_terminology__terms') }}
    union all
    select * from {{ ref('int_labs__unit_terms') }}
),

terms as (
    select
        *,
        case column_name
            when 'medication' then 'drug'
            when 'test_name' then 'laboratory test'
            when 'unit' then 'laboratory unit'
            when 'route' then 'route'
            when 'product' then 'product'
        end as term_kind
    from all_terms
)

select
    term_kind,
    coalesce(vocabulary, '') as vocabulary,
    coalesce(code, '') as code,
    coalesce(source_text, '') as source_text,
    mapped_to,
    case when mapped_to is null then coalesce(not_mapped_because, 'no seed knows it') end as not_mapped_because,
    cast(n_records as bigint) as n_records
from terms
where term_kind is not null
