{#- Calendar days from one date or time to another, as an integer: 0 within one day, 1 over one midnight. -#}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between', 'cartox')(earlier, later)) }}
{%- endmacro %}

{% macro default__days_between(earlier, later) -%}
    cast(cast({{ later }} as date) - cast({{ earlier }} as date) as integer)
{%- endmacro %}

{% macro spark__days_between(earlier, later) -%}
    datediff({{ later }}, {{ earlier }})
{%- endmacro %}
