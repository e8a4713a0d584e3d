{#- The statuses that tell what became of a drug, an order apart: the list of an `in`. -#}
{% macro charted_statuses() -%}
    ('given', 'held', 'refused', 'cancelled')
{%- endmacro %}
