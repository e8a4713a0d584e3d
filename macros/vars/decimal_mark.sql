{#- The decimal mark that the var decimal_marks declares for a kind of record, none where it declares none. Records made from OMOP
    hold numbers, which are written with a point. -#}
{% macro decimal_mark(kind) -%}
    {%- set marks = plain_var('decimal_marks') or {} -%}
    {%- if marks is not mapping or marks.get(kind) not in ('.', ',', none) -%}
        {{ exceptions.raise_compiler_error('The var decimal_marks gives a kind of record . or , or null') }}
    {%- endif -%}
    {{ return('.' if record_origins().get(kind) == 'omop' else marks.get(kind)) }}
{%- endmacro %}
