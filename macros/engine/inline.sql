{#- Written before a CTE of many rows that is read more than once: each reader scans it for itself, so that it is not held whole. -#}
{% macro inline() -%}
    {{ return(adapter.dispatch('inline', 'cartox')()) }}
{%- endmacro %}

{% macro default__inline() -%}
    not materialized
{%- endmacro %}

{#- Spark holds no CTE. -#}
{% macro spark__inline() -%}
{%- endmacro %}
