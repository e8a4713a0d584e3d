{#- In a select list: one row for each piece of a text between blanks (`piece`), with its place (`place`). -#}
{% macro words_with_places(text) -%}
    {{ return(adapter.dispatch('words_with_places', 'cartox')(text)) }}
{%- endmacro %}

{% macro default__words_with_places(text) -%}
    unnest(string_split({{ text }}, ' ')) as piece, generate_subscripts(string_split({{ text }}, ' '), 1) as place
{%- endmacro %}

{% macro spark__words_with_places(text) -%}
    posexplode(split({{ text }}, ' ')) as (place, piece)
{%- endmacro %}
