{#- The named cells of a kind of record with what the contract says of each, for `typed` and its like. -#}
{% macro record_cells(entity, names) -%}
    {#- Which of these seeds bound or list the values is known when all YAML is read; what a model reads, before. -#}
    {%- do ref('plausibility') -%}
    {%- do ref('allowed_words') -%}
    {%- set cells = [] -%}
    {%- if execute -%}
        {%- for name in names -%}
            {%- do cells.append(dict(described_column('stg_extract__' ~ entity, name), decimal_mark=decimal_mark(entity))) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(cells) }}
{%- endmacro %}
