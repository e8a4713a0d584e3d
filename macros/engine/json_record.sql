{#- The named columns of a row as one JSON object, null cells included. -#}
{% macro json_record(columns) -%}
    {{ return(adapter.dispatch('json_record', 'cartox')(columns)) }}
{%- endmacro %}

{% macro default__json_record(columns) -%}
    cast(to_json(struct_pack(
        {%- for column in columns %}{{ column }} := {{ column }}{{ ', ' if not loop.last }}{% endfor -%}
    )) as string)
{%- endmacro %}

{% macro spark__json_record(columns) -%}
    to_json(named_struct(
        {%- for column in columns %}'{{ column }}', {{ column }}{{ ', ' if not loop.last }}{% endfor -%}
    ), map('ignoreNullFields', 'false'))
{%- endmacro %}
