{#- A landed cell without white space round it; null where nothing is left. -#}
{% macro cleaned(column) -%}
    nullif({{ trimmed(column) }}, '')
{%- endmacro %}
