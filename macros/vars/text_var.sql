{#- A var that holds a text, as a literal of SQL; null where the var is null. -#}
{% macro text_var(name) -%}
    {{ quoted_text(plain_var(name)) }}
{%- endmacro %}

{#- A var that holds a list of terms, in lower case as terms are compared, as the list of an `in`. -#}
{% macro terms_var(name) -%}
    ({% for term in list_var(name) %}{{ quoted_text(term | lower) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}
