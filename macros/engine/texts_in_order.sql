{#- The texts of a group in the order of a number, parted by blanks. -#}
{% macro texts_in_order(text, number) -%}
    {{ return(adapter.dispatch('texts_in_order', 'cartox')(text, number)) }}
{%- endmacro %}

{% macro default__texts_in_order(text, number) -%}
    string_agg({{ text }}, ' ' order by {{ number }})
{%- endmacro %}

{% macro spark__texts_in_order(text, number) -%}
    array_join(transform(array_sort(collect_list(struct({{ number }} as place, {{ text }} as text))), x -> x.text), ' ')
{%- endmacro %}
