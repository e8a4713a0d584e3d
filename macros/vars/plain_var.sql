{#- A var as it was given. dbt renders the text of a var as a template, so that a text of --vars with Jinja in it would run; it
    is refused before. The only place that reads vars. -#}
{% macro plain_var(name) -%}
    {%- set given = invocation_args_dict['vars'] -%}
    {%- set value = given[name] if given is mapping else none -%}
    {%- if value is string and ('{{' in value or '{%' in value or '{#' in value) -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' holds a template, which no var may') }}
    {%- endif -%}
    {{ return(var(name)) }}
{%- endmacro %}
