{#- The least and the greatest number that a result can stand for. Results are rounded to a millionth, so that half of one
    more or less says `above` and `below` a bound. -#}
{% macro least_value(value, comparator) -%}
    case {{ comparator }} when '<' then 0 when '<=' then 0 when '>' then {{ value }} + 0.5e-6 else {{ value }} end
{%- endmacro %}

{% macro greatest_value(value, comparator) -%}
    case {{ comparator }}
        when '>' then cast('infinity' as double)
        when '>=' then cast('infinity' as double)
        when '<' then {{ value }} - 0.5e-6
        else {{ value }}
    end
{%- endmacro %}
