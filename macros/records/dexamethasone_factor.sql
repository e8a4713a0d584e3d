{#- The column of seeds/rules/glucocorticoid_equivalence that the var dexamethasone_factors chooses. -#}
{% macro dexamethasone_factor() -%}
    {{ choice_var('dexamethasone_factors', {
        'primary': 'primary_factor', 'factor_080': 'factor_080', 'factor_100': 'factor_100'
    }) }}
{%- endmacro %}
