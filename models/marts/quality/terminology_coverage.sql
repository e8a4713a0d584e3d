with terms as (
    select term_kind, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records
    from {{ ref('int_terminology__terms') }}
    where term_kind not in ('sex', 'purpose')
    union all
    select 'laboratory unit' as term_kind, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records
    from {{ ref('int_labs__unit_terms') }}
    union all
    select 'dose unit' as term_kind, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records
    from {{ ref('int_exposure__unit_terms') }}
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
