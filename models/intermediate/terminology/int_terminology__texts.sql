-- Every distinct text of the sources that a vocabulary reads.
{%- for vocabulary, about in vocabularies().items() %}
    {%- for entity, column in about.texts.items() %}
        select '{{ vocabulary }}' as vocabulary, {{ folded(column) }} as source_text
        from (select distinct {{ column }} from {{ record_source(entity) }}) as texts
        where {{ column }} is not null
        union
    {%- endfor %}
{%- endfor %}
select 'vasopressors' as vocabulary, piece as source_text from {{ ref('int_terminology__vasopressor_pieces') }}
