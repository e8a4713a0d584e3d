{#- A cleaned cell in lower case with inner white space folded: the form in which terms are compared. -#}
{% macro folded(column) -%}
    lower({{ replaced_everywhere(column, "'\\s+'", "' '") }})
{%- endmacro %}
