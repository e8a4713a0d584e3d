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
    concat_ws(
        ' ',
        case when column_name != 'unit' then vocabulary end,
        case when lower(code) is distinct from source_text then code end,
        source_text
    ) as term,
    cast(n_records as bigint) as n_records,
    cast(n_patients as bigint) as n_patients,
    coalesce(not_mapped_because = 'suspected_glucocorticoid', false) as is_suspected,
    code,
    source_text
from terms
where
    (mapped_to is null or not_mapped_because = 'suspected_glucocorticoid')
    and coalesce(not_mapped_because, '') in ('', 'negation', 'suspected_glucocorticoid')
    and (source_text is not null or (code is not null and column_name != 'unit'))
order by entity asc, is_suspected desc, column_name asc, n_records desc, term asc
