{#- The column of seeds/rules/glucocorticoid_equivalence that the var dexamethasone_factors chooses. -#}
{% macro dexamethasone_factor() -%}
    {%- set choices = {'primary': 'primary_factor', 'factor_080': 'factor_080', 'factor_100': 'factor_100'} -%}
    {%- if var('dexamethasone_factors') not in choices -%}
        {{ exceptions.raise_compiler_error("The var dexamethasone_factors is one of " ~ choices.keys() | join(', ')) }}
    {%- endif -%}
    {{ choices[var('dexamethasone_factors')] }}
{%- endmacro %}
