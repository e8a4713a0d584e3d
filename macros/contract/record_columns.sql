{#- The columns of a kind of record, in the order of the input contract. -#}
{% macro record_columns(entity) -%}
    {{ return(described_columns('stg_extract__' ~ entity).keys() | list) }}
{%- endmacro %}

{#- The columns of a table of the OMOP common data model, as the intake lands them. -#}
{% macro omop_columns(table) -%}
    {{ return(described_columns('stg_omop__' ~ table).keys() | list) }}
{%- endmacro %}
