{#- The records of a kind that were charted and set aside, as far as they could be read: what they say may not be used, and is not
    silence. -#}
{% macro set_aside(kind) -%}
    (select * from {{ ref('int_' ~ kind ~ '__all') }} where disposition = 'quarantined')
{%- endmacro %}
