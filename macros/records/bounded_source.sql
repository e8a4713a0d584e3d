{#- The records of a kind with the bounds of each quantity that its cells hold (`lowest_age`, `highest_age`), which `typed` and
    `bounded` ask for, all found in one reading of seeds/rules/plausibility; and with the typed value of each cell that is no
    text (`typed_age`), which `cell_value` asks for. -#}
{% macro bounded_source(kind, cells, quantities=[]) -%}
    {%- set named = (cells | selectattr('quantity', 'defined') | map(attribute='quantity') | list + quantities) | unique | list -%}
    select
        source.*
        {%- for cell in cells if is_typed(cell) %},
        {{ typed(cell) }} as typed_{{ cell.name }}
        {%- endfor %}
    from (
    select
        records.*
        {%- for quantity in named %},
        bounds.lowest_{{ quantity }},
        bounds.highest_{{ quantity }}
        {%- endfor %}
    from {{ record_source(kind) }} as records
    {%- if named %}
    cross join (
        select
            {%- for quantity in named %}
            max(case when quantity = '{{ quantity }}' then reject_low end) as lowest_{{ quantity }},
            max(case when quantity = '{{ quantity }}' then reject_high end) as highest_{{ quantity }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ ref('plausibility') }}
    ) as bounds
    {%- endif %}
    ) as source
{%- endmacro %}

{#- A value of such a record if it lies within the bounds of its quantity; else null. -#}
{% macro bounded(value, quantity) -%}
    case when {{ value }} between source.lowest_{{ quantity }} and source.highest_{{ quantity }} then {{ value }} end
{%- endmacro %}
