{#- The value of a group that is known first in the order of a number; null where none is known. -#}
{% macro first_known(value, number) -%}
    {{ return(adapter.dispatch('first_known', 'cartox')(value, number)) }}
{%- endmacro %}

{% macro default__first_known(value, number) -%}
    min_by({{ value }}, {{ number }})
{%- endmacro %}

{% macro spark__first_known(value, number) -%}
    min_by({{ value }}, case when {{ value }} is not null then {{ number }} end)
{%- endmacro %}
