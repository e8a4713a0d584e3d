{#- The first part of a text that a group of a regular expression catches, the first group unless told; null where it catches
    nothing. -#}
{% macro extracted(text, pattern, part=1) -%}
    nullif(regexp_extract({{ text }}, {{ pattern }}, {{ part }}), '')
{%- endmacro %}
