{#- The staging model that holds a kind of record, by the var record_sources. -#}
{% macro record_source(entity) -%}
    {{ return(ref('stg_' ~ var('record_sources')[entity] ~ '__' ~ entity)) }}
{%- endmacro %}
