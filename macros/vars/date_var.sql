{#- A var that holds a date, as SQL. -#}
{% macro date_var(name) -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', plain_var(name) | string) -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' is a date, YYYY-MM-DD') }}
    {%- endif -%}
    cast({{ quoted_text(plain_var(name) | string) }} as date)
{%- endmacro %}
