{#- A pattern's literal as Spark reads it, where the patterns of DuckDB and of Java mean two things: blanks are those of ASCII
    without the vertical tab, a word begins and ends at letters of ASCII, only a line feed ends a line, and backslashes stay.
    A pattern that is no literal is left alone. -#}
{% macro java_pattern(pattern) -%}
    {%- set word = '[0-9A-Za-z_]' -%}
    {%- set edge = '(?:(?<=' ~ word ~ ')(?!' ~ word ~ ')|(?<!' ~ word ~ ')(?=' ~ word ~ '))' -%}
    {%- set literal = pattern | trim -%}
    {%- if literal[0] == "'" -%}
        r'(?d){{ literal[1:] | replace('\\b', edge) | replace('\\s', '[\\t\\n\\f\\r ]') }}
    {%- else -%}
        {{ pattern }}
    {%- endif -%}
{%- endmacro %}
