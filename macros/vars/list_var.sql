{#- A var that holds a list, as dbt's own list; what is taken out of it is quoted by who takes it. -#}
{% macro list_var(name) -%}
    {%- if plain_var(name) is string or plain_var(name) is not sequence or plain_var(name) is mapping or not plain_var(name) -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' is a list') }}
    {%- endif -%}
    {{ return(plain_var(name)) }}
{%- endmacro %}
