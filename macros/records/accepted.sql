{#- The records of a kind that may be used. Everything beyond the room of the records reads them through this. -#}
{% macro accepted(kind) -%}
    (select * from {{ ref('int_' ~ kind ~ '__all') }} where disposition = 'accepted')
{%- endmacro %}
