{#- A number rounded half away from zero to so many decimals: both engines decide a tie by the product, not by the number as
    it is printed. -#}
{% macro rounded(number, n_decimals) -%}
    {{ return(adapter.dispatch('rounded', 'cartox')(number, n_decimals)) }}
{%- endmacro %}

{% macro default__rounded(number, n_decimals) -%}
    round({{ number }}, {{ n_decimals }})
{%- endmacro %}

{% macro spark__rounded(number, n_decimals) -%}
    (round(cast({{ number }} as double) * 1e{{ n_decimals }}) / 1e{{ n_decimals }})
{%- endmacro %}
