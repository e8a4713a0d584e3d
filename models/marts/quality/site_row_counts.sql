-- What a study's own rows carried: a word the records that it decided the meaning of; a product, drug, analyte, route or specimen
-- the records that were mapped to it; a code or unit of a laboratory the results that hold it. Other rows carry no records.
{%- set concepts = {
    'products': 'product', 'drugs': 'medication', 'analytes': 'test_name', 'routes': 'route', 'specimens': 'specimen',
} %}
with site_rows as (
    select * from {{ ref('site_rows') }}
),

words_used as (
    select * from {{ ref('int_terminology__words_used') }}
),

terms as (
    select * from {{ ref('int_terminology__terms') }}
),

unit_terms as (
    select * from {{ ref('int_labs__unit_terms') }}
),

carried as (
    select seed, word_key as row_key, n_records from words_used
    {%- for seed, column in concepts.items() %}
        union all
        select '{{ seed }}' as seed, mapped_to as row_key, n_records from terms
        where column_name = '{{ column }}' and mapped_to is not null
    {%- endfor %}
    union all
    select 'lab_codes' as seed, vocabulary || ' ' || code as row_key, n_records from terms
    where column_name = 'test_name' and vocabulary is not null and code is not null
    union all
    select 'lab_units' as seed, code || ' ' || source_text as row_key, n_records from unit_terms
    where source_text is not null
),

summed as (
    select
        seed,
        row_key,
        sum(n_records) as n_records
    from carried
    group by seed, row_key
)

select
    site_rows.file,
    site_rows.row_number,
    site_rows.seed,
    site_rows.row_name,
    site_rows.stands_for,
    site_rows.replaces,
    case
        when
            (site_rows.seed like 'words_%' and site_rows.seed not in ('words_frequencies', 'words_events', 'words_remarks'))
            or site_rows.seed in ({{ quoted_names(concepts | list + ['lab_codes', 'lab_units']) }})
            then cast(coalesce(summed.n_records, 0) as bigint)
    end as n_records
from site_rows
left join summed on site_rows.seed = summed.seed and site_rows.row_key = summed.row_key
