{#- A finite decimal number, with or without exponent; null for anything else (nan, infinity, words). -#}
{% macro parsed_number(text) -%}
    case
        when {{ matches(text, "'^[+-]?(\\d{1,30}([.]\\d*)?|[.]\\d+)([eE][+-]?\\d{1,2})?$'") }}
            then try_cast({{ text }} as double)
    end
{%- endmacro %}
