{#- A text as a literal of SQL that ends where the text ends, whatever stands in it; null for none. -#}
{% macro quoted_text(text) -%}
    {%- if text is none -%}
        null
    {%- elif text is string -%}
        {{ return(adapter.dispatch('quoted_text', 'cartox')(text)) }}
    {%- else -%}
        {{ exceptions.raise_compiler_error('A text is expected where a value is written into SQL') }}
    {%- endif -%}
{%- endmacro %}

{% macro default__quoted_text(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}

{% macro spark__quoted_text(text) -%}
    '{{ text | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}
