{#- Why a cell of `source` has no typed value although it has text, as a reason such as `unreadable_dose`; else null. -#}
{% macro cell_fault(cell) -%}
    {%- set text = 'source.' ~ cell.name -%}
    case
        when {{ text }} is null or {{ typed(cell) }} is not null then null
        {%- if cell.type in ('time', 'date') %}
        when {{ is_iso_time(text) }} then 'implausible_{{ cell.name }}'
        {%- elif cell.type in ('number', 'integer') %}
        when {{ cell_number(text, cell) }} is not null then 'implausible_{{ cell.name }}'
        {%- endif %}
        else '{{ "unknown" if cell.type in ("word", "flag", "stage") else "unreadable" }}_{{ cell.name }}'
    end
{%- endmacro %}

{#- The first reason why a row of `source` cannot be used for want of a required cell; null if it can. -#}
{% macro row_fault(cells) -%}
    coalesce(
        {%- for cell in cells if cell.required and not cell.may_be_unknown %}
        case when source.{{ cell.name }} is null then 'missing_{{ cell.name }}' end,
        {{ cell_fault(cell) }},
        {%- endfor %}
        null)
{%- endmacro %}

{#- Which optional cells of a row had to be nulled, as reasons joined by bars; null for none.
    `further` are expressions that give such a reason or null. -#}
{% macro nulled_cells(cells, further=[]) -%}
    nullif(concat_ws('|', null
        {%- for cell in cells if (not cell.required or cell.may_be_unknown) and cell.type != 'text' %},
        {{ cell_fault(cell) }}
        {%- endfor %}
        {%- for reason in further %},
        {{ reason }}
        {%- endfor %}), '')
{%- endmacro %}
