{#- A unit as seeds/terminology/lab_units names it: lower case, no blanks, either micro sign (U+00B5, U+03BC) as u. -#}
{% macro unit_text(column) -%}
    {%- set plain = "translate(lower(" ~ column ~ "), 'µμ', 'uu')" -%}
    {{ replaced_everywhere(plain, "'\\s+'", "''") }}
{%- endmacro %}
