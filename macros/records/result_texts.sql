{#- A result text in lower case whose comparison, in words or signs, is one of <, <=, > and >= without blanks before the number. -#}
{% macro with_comparison_signs(text) -%}
    {%- set steps = [
        ["'^(less than or equal to|=<|≤)\\s*'", "'<='"],
        ["'^(greater than or equal to|=>|≥)\\s*'", "'>='"],
        ["'^(less than|below|under)\\s*'", "'<'"],
        ["'^(greater than|more than|above|over)\\s*'", "'>'"],
        ["'^([<>]=?)\\s+'", "'\\1'"],
    ] -%}
    {%- set signs = namespace(text=folded(text)) -%}
    {%- for pattern, sign in steps -%}
        {%- set signs.text = replaced_everywhere(signs.text, pattern, sign) -%}
    {%- endfor -%}
    {{ signs.text }}
{%- endmacro %}

{#- A number's text without its thousands separators; null where a comma stands elsewhere, as it may then be a decimal comma. -#}
{% macro without_thousands_separators(text) -%}
    case
        when not contains({{ text }}, ',') then {{ text }}
        when {{ matches(text, "'^[+-]?\\d{1,3}(,\\d{3})+([.]\\d*)?$'") }} then replace({{ text }}, ',', '')
    end
{%- endmacro %}
