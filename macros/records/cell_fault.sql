{#- Why a cell of `source` has no typed value although it has text, as a reason such as `unreadable_dose`; else null. -#}
{% macro cell_fault(cell) -%}
    {%- set text = 'source.' ~ cell.name -%}
    case
        when {{ text }} is null or {{ cell_value(cell) }} is not null then null
        {%- if cell.type in ('time', 'date') %}
        when {{ is_iso_time(text) }} then 'implausible_{{ cell.name }}'
        {%- elif cell.type in ('number', 'integer') %}
        when {{ cell_number(text, cell) }} is not null then 'implausible_{{ cell.name }}'
        {%- endif %}
        else '{{ "unknown" if cell.type in ("word", "flag", "stage") else "unreadable" }}_{{ cell.name }}'
    end
{%- endmacro %}

{#- Why a required cell of a row cannot be used; null if it can. -#}
{% macro required_cell_fault(cell) -%}
    case when source.{{ cell.name }} is null then 'missing_{{ cell.name }}' end, {{ cell_fault(cell) }}
{%- endmacro %}

{#- The first reason why a row of `source` cannot be used for want of a required cell; null if it can. -#}
{% macro row_fault(cells) -%}
    coalesce(
        {%- for cell in cells if cell.required and not cell.may_be_unknown %}
        {{ required_cell_fault(cell) }},
        {%- endfor %}
        null)
{%- endmacro %}

{#- Which other cells of a row had to be nulled, as reasons joined by bars; null for none: optional cells, and required ones
    beside the one for which the row cannot be used. `further` are expressions that give such a reason or null. -#}
{% macro nulled_cells(cells, further=[]) -%}
    {%- set required = [] -%}
    nullif(concat_ws('|', null
        {%- for cell in cells %}
        {%- if cell.required and not cell.may_be_unknown %}
        {%- if required %},
        case when {{ row_fault(required) }} is not null then coalesce({{ required_cell_fault(cell) }}) end
        {%- endif %}
        {%- do required.append(cell) %}
        {%- elif cell.type != 'text' %},
        {{ cell_fault(cell) }}
        {%- endif %}
        {%- endfor %}
        {%- for reason in further %},
        {{ reason }}
        {%- endfor %}), '')
{%- endmacro %}
