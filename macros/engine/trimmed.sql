{#- A text without white space round it. -#}
{% macro trimmed(text) -%}
    {{ return(adapter.dispatch('trimmed', 'cartox')(text)) }}
{%- endmacro %}

{#- By the blanks' names, which are those of a regular expression: a pattern would be tried on every cell. -#}
{% macro default__trimmed(text) -%}
    trim({{ text }}, ' ' || chr(9) || chr(10) || chr(12) || chr(13))
{%- endmacro %}

{% macro spark__trimmed(text) -%}
    {{ replaced_everywhere(text, "'^\\s+|\\s+$'", "''") }}
{%- endmacro %}
