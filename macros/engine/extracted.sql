{#- The first part of a text that a regular expression's first group catches; null where it catches nothing. -#}
{% macro extracted(text, pattern) -%}
    nullif(regexp_extract({{ text }}, {{ pattern }}, 1), '')
{%- endmacro %}
