{#- True where a text begins with another. -#}
{% macro begins_with(text, start) -%}
    {{ return(adapter.dispatch('begins_with', 'cartox')(text, start)) }}
{%- endmacro %}

{% macro default__begins_with(text, start) -%}
    starts_with({{ text }}, {{ start }})
{%- endmacro %}

{% macro spark__begins_with(text, start) -%}
    startswith({{ text }}, {{ start }})
{%- endmacro %}
