{#- The first part of a text that a group of a regular expression catches, the first group unless told; null where it catches
    nothing. -#}
{% macro extracted(text, pattern, part=1) -%}
    {{ return(adapter.dispatch('extracted', 'cartox')(text, pattern, part)) }}
{%- endmacro %}

{% macro default__extracted(text, pattern, part) -%}
    nullif(regexp_extract({{ text }}, {{ pattern }}, {{ part }}), '')
{%- endmacro %}

{% macro spark__extracted(text, pattern, part) -%}
    nullif(regexp_extract({{ text }}, {{ java_pattern(pattern) }}, {{ part }}), '')
{%- endmacro %}
