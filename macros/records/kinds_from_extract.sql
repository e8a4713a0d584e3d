{#- The kinds of record that the var record_sources takes from the extract. -#}
{% macro kinds_from_extract() -%}
    {%- set kinds = [] -%}
    {%- for entity, origin in record_origins().items() if origin == 'extract' -%}
        {%- do kinds.append(entity) -%}
    {%- endfor -%}
    {{ return(kinds) }}
{%- endmacro %}
