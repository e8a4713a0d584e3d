{#- The words of a list, in lower case: of seeds/terminology/allowed_words, or the first column of the seed of that name. -#}
{% macro allowed_words(word_list) -%}
    {%- set seed = graph.nodes['seed.cartox.' ~ word_list] -%}
    {%- if seed -%}
        (select lower({{ seed.config.column_types.keys() | first }}) from {{ ref(word_list) }})
    {%- else -%}
        (select word from {{ ref('allowed_words') }} where word_list = '{{ word_list }}')
    {%- endif -%}
{%- endmacro %}
