{#- A text with every match of a regular expression replaced. -#}
{% macro replaced_everywhere(text, pattern, replacement) -%}
    {{ return(adapter.dispatch('replaced_everywhere', 'cartox')(text, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replaced_everywhere(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}

{% macro spark__replaced_everywhere(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ java_pattern(pattern) }}, {{ replacement | replace('\\', '$') }})
{%- endmacro %}
