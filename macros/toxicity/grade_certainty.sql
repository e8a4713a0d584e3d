{#- How certain a grade is that may lie as high as another: unknown, exact or at_least. -#}
{% macro grade_certainty(grade, highest_grade) -%}
    case
        when {{ grade }} is null then 'unknown'
        when {{ highest_grade }} > {{ grade }} then 'at_least'
        else 'exact'
    end
{%- endmacro %}
