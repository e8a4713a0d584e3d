{#- Schemas are named plainly (marts, not main_marts): analysts and BI tools rely on the names. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
