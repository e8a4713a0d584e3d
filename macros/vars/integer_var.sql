{#- A var that holds a whole number, or one of a list of them, as SQL; null where the var is null. -#}
{% macro integer_var(name, position=none) -%}
    {%- set number = plain_var(name) if position is none else list_var(name)[position] -%}
    {%- if number is none -%}
        null
    {%- elif number is integer and number is not boolean and 0 <= number <= 100000 -%}
        {{ number }}
    {%- else -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' holds whole numbers from 0 to 100000') }}
    {%- endif -%}
{%- endmacro %}
