{#- A value if it lies within the bounds beyond which seeds/rules/plausibility refuses the quantity; else null. -#}
{% macro within_plausible(value, quantity) -%}
    case
        when {{ value }}
            between (select reject_low from {{ ref('plausibility') }} where quantity = '{{ quantity }}')
            and (select reject_high from {{ ref('plausibility') }} where quantity = '{{ quantity }}')
            then {{ value }}
    end
{%- endmacro %}
