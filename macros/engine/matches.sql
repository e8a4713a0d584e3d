{#- True where a text matches a regular expression anywhere. -#}
{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches', 'cartox')(text, pattern)) }}
{%- endmacro %}

{% macro default__matches(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro spark__matches(text, pattern) -%}
    regexp_like({{ text }}, {{ java_pattern(pattern) }})
{%- endmacro %}
