-- Every distinct text of the sources that a vocabulary reads.
{%- for vocabulary, about in vocabularies().items() %}
    {%- for entity, column in about.texts.items() %}
        select
            '{{ vocabulary }}' as vocabulary,
            {{ folded(column) }} as source_text,
            cast(sum(n_records) as bigint) as n_records
        from (
            select {{ column }}, count(*) as n_records
            from {{ record_source(entity) }}
            group by {{ column }}
        ) as texts
        where {{ column }} is not null
        group by {{ folded(column) }}
        union all
    {%- endfor %}
{%- endfor %}
select
    'vasopressors' as vocabulary,
    piece as source_text,
    cast(sum(n_records) as bigint) as n_records
from {{ ref('int_terminology__vasopressor_pieces') }}
group by piece
