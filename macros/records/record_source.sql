{#- The model that holds a kind of record, by the var record_sources: the extract's file, or the records made from OMOP. -#}
{% macro record_source(entity) -%}
    {%- set models = {'extract': 'stg_extract__', 'omop': 'int_omop__'} -%}
    {{ return(ref(models[record_origins()[entity]] ~ entity)) }}
{%- endmacro %}
