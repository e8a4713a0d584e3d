{#- The midnight that starts the n-th calendar day after a date or time. -#}
{% macro days_after(moment, n_days) -%}
    {{ return(adapter.dispatch('days_after', 'cartox')(moment, n_days)) }}
{%- endmacro %}

{% macro default__days_after(moment, n_days) -%}
    cast(cast({{ moment }} as date) + cast({{ n_days }} as integer) as timestamp)
{%- endmacro %}

{% macro spark__days_after(moment, n_days) -%}
    cast(date_add(cast({{ moment }} as date), cast({{ n_days }} as int)) as timestamp)
{%- endmacro %}
