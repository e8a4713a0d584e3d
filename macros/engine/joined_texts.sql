{#- The distinct texts of a group in alphabetical order, joined by bars; null for none. -#}
{% macro joined_texts(text) -%}
    {{ return(adapter.dispatch('joined_texts', 'cartox')(text)) }}
{%- endmacro %}

{% macro default__joined_texts(text) -%}
    nullif(array_to_string(list_sort(list_distinct(list({{ text }}))), '|'), '')
{%- endmacro %}

{% macro spark__joined_texts(text) -%}
    nullif(array_join(array_sort(collect_set({{ text }})), '|'), '')
{%- endmacro %}
