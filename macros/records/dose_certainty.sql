{#- How certain the sum of dose events is: a bound wherever more may have been given, else an estimate where one enters. -#}
{% macro dose_certainty(events) -%}
    case
        when bool_or({{ events }}.is_lower_bound) then 'at_least'
        when bool_or({{ events }}.is_estimate) then 'estimated'
        else 'exact'
    end
{%- endmacro %}
