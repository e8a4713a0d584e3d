{#- Texts in which people name drugs with their rates, in lower case. -#}

{#- A pattern of the unit that may follow a number: `mg`, `mcg/kg/min`, `mg / 250 ml`. -#}
{% macro rate_unit_pattern() -%}
    {%- set unit = '(?:mcg|µg|ug|mg|g|ng|ml|l|units?|iu|ie|mu|u|kg|min|h|hr|hours?|std|d|%)(?:\\b|$)' -%}
    (?:\s*{{ unit }}(?:\s*/\s*(?:\d+(?:[.,]\d+)?\s*)?{{ unit }})*)?
{%- endmacro %}

{#- Such a text without rates, doses and units, a rate of 0 as the word `off`, its pieces between bars. -#}
{% macro drugs_between_bars(text) -%}
    {%- set zero = "'(?:^|[\\s@])0+(?:[.,]0+)?" ~ rate_unit_pattern() ~ "(?:$|[\\s;|+]|,\\s)'" -%}
    {%- set rate = "'@?\\s*\\b\\d+(?:[.,]\\d+)?" ~ rate_unit_pattern() ~ "'" -%}
    {%- set marked = replaced_everywhere(text, zero, "' off|'") -%}
    {%- set bare = replaced_everywhere(marked, rate, "' '") -%}
    {{ replaced_everywhere(bare, "'\\s*[,;+/|]\\s*|\\s+(?:and|und)\\s+'", "'|'") }}
{%- endmacro %}
