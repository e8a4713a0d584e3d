{#- The named columns of a row of `relation` as one JSON object, null cells included. -#}
{% macro json_record(columns, relation) -%}
    {{ return(adapter.dispatch('json_record', 'cartox')(columns, relation)) }}
{%- endmacro %}

{% macro default__json_record(columns, relation) -%}
    cast(to_json(struct_pack(
        {%- for column in columns %}{{ column }} := {{ relation }}.{{ column }}{{ ', ' if not loop.last }}{% endfor -%}
    )) as string)
{%- endmacro %}

{% macro spark__json_record(columns, relation) -%}
    to_json(named_struct(
        {%- for column in columns %}'{{ column }}', {{ relation }}.{{ column }}{{ ', ' if not loop.last }}{% endfor -%}
    ), map('ignoreNullFields', 'false'))
{%- endmacro %}
