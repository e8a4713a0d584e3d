{#- A result text in lower case whose comparison, in words or signs, is one of <, <=, > and >= without blanks before the number. -#}
{% macro with_comparison_signs(text) -%}
    {%- set less = "less than|below|under|kleiner(?: als| dan)?|unter|minder dan|lager dan"
        ~ "|inf[eé]rieure? [aà]|inferiore? a|minore di|menor (?:de|que)" -%}
    {%- set more = "greater than|more than|above|over|gr(?:ö|oe)(?:ß|ss)er(?: als)?|über|ueber|groter dan|meer dan|hoger dan"
        ~ "|sup[eé]rieure? [aà]|superiore? a|maggiore di|mayor (?:de|que)" -%}
    {%- set steps = [
        ["'^(less than or equal to|=<|≤)\\s*'", "'<='"],
        ["'^(greater than or equal to|=>|≥)\\s*'", "'>='"],
        ["'^(" ~ less ~ ")\\s*'", "'<'"],
        ["'^(" ~ more ~ ")\\s*'", "'>'"],
        ["'^([<>]=?)\\s+'", "'\\1'"],
        ["'^=\\s*'", "''"],
    ] -%}
    {%- set signs = namespace(text=folded(text)) -%}
    {%- for pattern, sign in steps -%}
        {%- set signs.text = replaced_everywhere(signs.text, pattern, sign) -%}
    {%- endfor -%}
    {{ signs.text }}
{%- endmacro %}

{#- The pattern whose first group is the number of a result text and whose second the unit behind it, if any: else only the
    laboratory's marks (H, L, *, !) and a remark on the specimen, so that neither a range nor a second quantity is read as one
    number. -#}
{% macro result_number_pattern() -%}
    {%- set number = "(?:[+-]?\\d(?:[\\d.,]*\\d)?[.]?|[+-]?[.]\\d+)(?:e[+-]?\\d{1,2})?" -%}
    {%- set marks = "(?:[(\\[]?(?:hh?|ll?)\\b[)\\]]?|[*!]|\\s)*" -%}
    {%- set degree = "(?:(?:slight|mild|moderate|gross)(?:ly)?\\s+|specimen\\s+|sample\\s+)*" -%}
    {%- set remark = "(?:[,;:(\\[\\s-]*" ~ degree ~ "(?:ha?emoly|lipa?emi|icter|h-?\\s?index).*)?" -%}
    '^(?:[<>]=?)?\s*({{ number }})\s*{{ marks }}{{ unit_pattern() }}{{ marks }}{{ remark }}$'
{%- endmacro %}

{#- A group that catches a unit, if there is one: letters, or a power of ten by a volume. -#}
{% macro unit_pattern() -%}
    {%- set name = "[a-zµμ%/{\\[][^\\s(),;]*(?:\\s?/\\s?[^\\s(),;]+)?" -%}
    (x?\s?10\s?[*^e]\s?\d+\s?/\s?[a-zµμ0-9]+|{{ name }})??
{%- endmacro %}

{#- The pattern whose first group is the number of an upper limit, alone or behind the lower one, and whose second its unit. -#}
{% macro upper_limit_pattern() -%}
    {%- set number = "\\d(?:[\\d.,]*\\d)?" -%}
    '^[(\[]?\s*(?:{{ number }}\s*(?:-|–|to|bis)\s*|<=?\s*|(?:up to|bis)\s*)?({{ number }})\s*[)\]]?\s*{{ unit_pattern() }}$'
{%- endmacro %}

{#- A number's text without its thousands separators; null where a comma may be a decimal comma: it stands elsewhere than
    before three digits, or behind a zero. -#}
{% macro without_thousands_separators(text) -%}
    case
        when not contains({{ text }}, ',') then {{ text }}
        when {{ matches(text, "'^[+-]?[1-9]\\d{0,2}(,\\d{3})+([.]\\d*)?$'") }} then replace({{ text }}, ',', '')
    end
{%- endmacro %}

{#- True where a result text is two numbers and the range between them. -#}
{% macro is_range_text(text) -%}
    {{ matches(text, "'^[\\d.,]+\\s*(-|–|to)\\s*[\\d.,]+$'") }}
{%- endmacro %}
