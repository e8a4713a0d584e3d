{#- True where everything between two ends lies in the category of a seed row: above one number and up to another, if given. -#}
{% macro within_category(least, greatest, category) -%}
    {{ least }} > coalesce({{ category }}.above, {{ least }} - 1)
    and {{ greatest }} <= coalesce({{ category }}.up_to, {{ greatest }})
{%- endmacro %}
