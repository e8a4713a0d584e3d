{#- A var that holds a text, as a literal of SQL; null where the var is null. -#}
{% macro text_var(name) -%}
    {{ quoted_text(var(name)) }}
{%- endmacro %}

{#- A var that holds a list of terms, in lower case as terms are compared, as the list of an `in`. -#}
{% macro terms_var(name) -%}
    ({% for term in required_list(name) %}{{ quoted_text(term | lower) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro required_list(name) -%}
    {%- if var(name) is string or var(name) is not sequence or var(name) is mapping or not var(name) -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' is a list of terms') }}
    {%- endif -%}
    {{ return(var(name)) }}
{%- endmacro %}
