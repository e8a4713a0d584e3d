{#- True where everything between two ends lies in the category of a seed row: above one number and up to another, if given. -#}
{% macro within_category(least, greatest, category) -%}
    ({{ category }}.above is null or {{ least }} > {{ category }}.above)
    and ({{ category }}.up_to is null or {{ greatest }} <= {{ category }}.up_to)
{%- endmacro %}
