{#- The typed value of a cell of `source`, null where the text cannot be that. A cell is a mapping with `name` and `kind`
    (text, time, date, number, integer, flag or term), for a term its allowed `values` in lower case, for a number or integer
    the `quantity` of seeds/rules/plausibility that bounds it. -#}
{% macro typed(cell) -%}
    {%- set text = 'source.' ~ cell.name -%}
    {%- if cell.kind == 'time' -%} {{ parsed_time(text) }}
    {%- elif cell.kind == 'date' -%} cast({{ parsed_time(text) }} as date)
    {%- elif cell.kind == 'number' -%} {{ within_plausible(parsed_number(text), cell.quantity) }}
    {%- elif cell.kind == 'integer' -%} {{ within_plausible(parsed_integer(text), cell.quantity) }}
    {%- elif cell.kind == 'flag' -%} case lower({{ text }}) when 'true' then true when 'false' then false end
    {%- elif cell.kind == 'term' -%}
        case when {{ folded(text) }} in ('{{ cell['values'] | join("', '") }}') then {{ folded(text) }} end
    {%- else -%} {{ text }}
    {%- endif -%}
{%- endmacro %}

{% macro typed_columns(cells) -%}
    {%- for cell in cells %}
        {{ typed(cell) }} as {{ cell.name }}{{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
