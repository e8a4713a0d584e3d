{#- The time so many seconds after another. -#}
{% macro seconds_after(moment, n_seconds) -%}
    {{ return(adapter.dispatch('seconds_after', 'cartox')(moment, n_seconds)) }}
{%- endmacro %}

{% macro default__seconds_after(moment, n_seconds) -%}
    ({{ moment }} + to_microseconds(cast(round(({{ n_seconds }}) * 1e6) as bigint)))
{%- endmacro %}

{% macro spark__seconds_after(moment, n_seconds) -%}
    timestamp_micros(unix_micros({{ moment }}) + cast(round(({{ n_seconds }}) * 1e6) as bigint))
{%- endmacro %}
