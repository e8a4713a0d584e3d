{#- The typed value of a cell of `source`, null where the text cannot be that. A cell is what the contract says of a column:
    `name` and `type` (text, time, date, number, integer, flag, word or stage), of a word the list of its `allowed_words`, of a
    number or integer the `quantity` of seeds/rules/plausibility that bounds it, of a score what it is charted `out_of`. -#}
{% macro typed(cell) -%}
    {%- set text = charted_score(cell) if cell.out_of else 'source.' ~ cell.name -%}
    {%- if cell.type == 'time' -%} {{ parsed_time(text) }}
    {%- elif cell.type == 'date' -%} cast({{ parsed_time(text) }} as date)
    {%- elif cell.type == 'number' -%} {{ bounded(cell_number(text, cell), cell.quantity) }}
    {%- elif cell.type == 'integer' -%} {{ bounded(parsed_integer(text), cell.quantity) }}
    {%- elif cell.type == 'flag' -%} case lower({{ text }}) when 'true' then true when 'false' then false end
    {%- elif cell.type == 'word' -%}
        case when {{ folded(text) }} in {{ allowed_words(cell.allowed_words) }} then {{ folded(text) }} end
    {%- elif cell.type == 'stage' -%} {{ ann_arbor_stage(text) }}
    {%- else -%} {{ text }}
    {%- endif -%}
{%- endmacro %}

{#- The number of a cell, whose mark is a comma where its kind of record declares one. -#}
{% macro cell_number(text, cell) -%}
    {{ parsed_number("translate(" ~ text ~ ", ',.', '.,')" if cell.decimal_mark == ',' else text) }}
{%- endmacro %}

{#- Whether a cell has a typed value that is not its text. -#}
{% macro is_typed(cell) -%}
    {{ return(cell.type in ['time', 'date', 'number', 'integer', 'flag', 'word', 'stage']) }}
{%- endmacro %}

{#- The typed value of a cell of `source`, as `bounded_source` has found it. -#}
{% macro cell_value(cell) -%}
    source.{{ 'typed_' if is_typed(cell) }}{{ cell.name }}
{%- endmacro %}

{% macro typed_columns(cells) -%}
    {%- for cell in cells %}
        {{ cell_value(cell) }} as {{ cell.name }}{{ ',' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- A score that may be charted with its maximum, `8/10`, without it. -#}
{% macro charted_score(cell) -%}
    {{ replaced_everywhere('source.' ~ cell.name, "'\\s*/\\s*" ~ cell.out_of ~ "$'", "''") }}
{%- endmacro %}
