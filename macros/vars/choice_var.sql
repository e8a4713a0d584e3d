{#- What a var chooses from a mapping; never the text of the var itself. -#}
{% macro choice_var(name, choices) -%}
    {%- if plain_var(name) is not string or plain_var(name) not in choices -%}
        {{ exceptions.raise_compiler_error('The var ' ~ name ~ ' is one of ' ~ choices | join(', ')) }}
    {%- endif -%}
    {{ return(choices[plain_var(name)]) }}
{%- endmacro %}
