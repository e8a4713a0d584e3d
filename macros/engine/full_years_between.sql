{#- Completed years from one date to another: a birthday counts from its day on. -#}
{% macro full_years_between(earlier, later) -%}
    (year({{ later }}) - year({{ earlier }})
    - case
        when month({{ later }}) < month({{ earlier }})
            or (month({{ later }}) = month({{ earlier }}) and day({{ later }}) < day({{ earlier }}))
            then 1
        else 0
    end)
{%- endmacro %}
