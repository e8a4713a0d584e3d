{#- A text without white space round it, no-break spaces included: they come with what is copied from pages and office files. -#}
{% macro trimmed(text) -%}
    {{ return(adapter.dispatch('trimmed', 'cartox')(text)) }}
{%- endmacro %}

{#- By the blanks' names, which are those of a regular expression: a pattern would be tried on every cell. -#}
{% macro default__trimmed(text) -%}
    trim({{ text }}, ' ' || chr(9) || chr(10) || chr(12) || chr(13) || chr(160) || chr(8199) || chr(8239) || chr(65279))
{%- endmacro %}

{% macro spark__trimmed(text) -%}
    {{ replaced_everywhere(text, "'^[\\s\\x{a0}\\x{2007}\\x{202f}\\x{feff}]+|[\\s\\x{a0}\\x{2007}\\x{202f}\\x{feff}]+$'", "''") }}
{%- endmacro %}
