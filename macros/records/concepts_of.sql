{#- The texts of a column of a kind of record, as they are charted, with the concept that a vocabulary reads them as: each distinct
    text is looked up once. -#}
{% macro concepts_of(kind, column, vocabulary) -%}
    select texts.{{ column }}, matches.concept
    from (select distinct {{ column }} from {{ record_source(kind) }}) as texts
    inner join {{ ref('int_terminology__matches') }} as matches
        on matches.vocabulary = '{{ vocabulary }}' and {{ folded('texts.' ~ column) }} = matches.source_text
{%- endmacro %}
