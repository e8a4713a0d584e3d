{#- A whole number of at most nine digits; null for anything else. -#}
{% macro parsed_integer(text) -%}
    case when {{ matches(text, "'^[+-]?\\d{1,9}([.]0*)?$'") }} then cast(try_cast({{ text }} as double) as integer) end
{%- endmacro %}
