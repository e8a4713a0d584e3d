with terms as (
    select * from {{ ref('int_terminology__coverage') }}
)

select
    term_kind,
    coalesce(vocabulary, '') as vocabulary,
    coalesce(code, '') as code,
    coalesce(source_text, '') as source_text,
    mapped_to,
    case when mapped_to is null then coalesce(max(not_mapped_because), 'no seed knows it') end as not_mapped_because,
    count(*) as n_records
from terms
group by term_kind, coalesce(vocabulary, ''), coalesce(code, ''), coalesce(source_text, ''), mapped_to
