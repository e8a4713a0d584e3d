{#- In a select list: one row for each whole number from the first to the last, both included. -#}
{% macro number_series(first, last) -%}
    {{ return(adapter.dispatch('number_series', 'cartox')(first, last)) }}
{%- endmacro %}

{% macro default__number_series(first, last) -%}
    unnest(range({{ first }}, {{ last }} + 1))
{%- endmacro %}

{% macro spark__number_series(first, last) -%}
    explode(sequence({{ first }}, {{ last }}))
{%- endmacro %}
