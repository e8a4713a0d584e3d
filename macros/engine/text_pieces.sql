{#- In a select list: one row for each piece of a text between bars. -#}
{% macro text_pieces(text) -%}
    {{ return(adapter.dispatch('text_pieces', 'cartox')(text)) }}
{%- endmacro %}

{% macro default__text_pieces(text) -%}
    unnest(string_split({{ text }}, '|'))
{%- endmacro %}

{% macro spark__text_pieces(text) -%}
    explode(split({{ text }}, '[|]'))
{%- endmacro %}
