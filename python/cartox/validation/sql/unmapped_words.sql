with terms as (
    select entity, column_name, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records, n_patients
    from intermediate.int_terminology__terms
    union all
    select entity, column_name, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records, n_patients
    from intermediate.int_labs__unit_terms
    union all
    select entity, column_name, vocabulary, code, source_text, mapped_to, not_mapped_because, n_records, n_patients
    from intermediate.int_exposure__unit_terms
)

select
    entity,
    column_name,
    vocabulary,
    code,
    source_text,
    n_records::bigint as n_records,
    n_patients::bigint as n_patients
from terms
where
    mapped_to is null
    and coalesce(not_mapped_because, '') in ('', 'negation', 'suspected_glucocorticoid')
    and source_text is not null
order by entity, column_name, n_records desc, source_text, vocabulary, code
