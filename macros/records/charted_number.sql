{#- A finite number as people chart it, by the decimal mark declared for the kind of record: its thousands may be separated by the
    other mark. Null where it cannot be read without a guess. -#}
{% macro charted_number(text, kind) -%}
    {%- if decimal_mark(kind) == ',' -%}
        {{ parsed_number(without_thousands_separators("translate(" ~ text ~ ", '.,', ',.')")) }}
    {%- elif decimal_mark(kind) == '.' -%}
        {{ parsed_number(without_thousands_separators(text)) }}
    {%- else -%}
        case when not {{ has_ambiguous_comma(text, kind) }} then {{ parsed_number(without_thousands_separators(text)) }} end
    {%- endif -%}
{%- endmacro %}

{#- Whether a number such as `1,000` may be one or a thousand, because no decimal mark is declared for the kind of record. -#}
{% macro has_ambiguous_comma(text, kind) -%}
    {%- if decimal_mark(kind) is none -%}
        coalesce({{ matches(text, "'^[+-]?[1-9]\\d{0,2},\\d{3}$'") }}, false)
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
