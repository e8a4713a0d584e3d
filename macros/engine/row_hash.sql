{#- A number of 64 bits that rows with the same values of the columns share, and hardly any others. -#}
{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash', 'cartox')(columns)) }}
{%- endmacro %}

{% macro default__row_hash(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__row_hash(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}
