-- What may have happened to cells of the extract that have not the form of their column, by the look of all of them. Each text
-- is looked at once, and a time that can be read not at all. Texts that hold numbers are looked at unless a comma is declared for
-- them. A pattern from a table is made anew whenever it is used, so that it is held against the forms of texts, in which every
-- digit but 0 and 1, which may be a no and a yes, is a 2.
{#- What a model reads is known before the contract is. #}
{%- for entity in record_origins() %}
    {%- do ref('stg_extract__' ~ entity) %}
{%- endfor %}
{%- set asked = ['time', 'date', 'number', 'flag'] %}
with causes as (
    select * from {{ ref('likely_causes') }}
),

cells as (
    {%- for entity, origin in record_origins().items() if origin == 'extract' %}
        {%- for name, column in described_columns('stg_extract__' ~ entity).items()
            if column.type in asked or (column.holds_numbers and decimal_mark(entity) != ',') %}
            select
                '{{ entity }}' as entity,
                '{{ name }}' as column_name,
                '{{ column.type if column.type in asked else 'text with numbers' }}' as type,
                {{ name }} as cell,
                line_number
            from {{ ref('stg_extract__' ~ entity) }}
            where {{ name }} is not null{{ ' and not ' ~ is_iso_time(name) if column.type in ['time', 'date'] }}
            union all
        {%- endfor %}
    {%- endfor %}
    select
        cast(null as string) as entity,
        cast(null as string) as column_name,
        cast(null as string) as type,
        cast(null as string) as cell,
        cast(null as bigint) as line_number
    where false
),

texts as (
    select
        entity, column_name, type, cell,
        translate(cell, '3456789', '2222222') as form,
        count(*) as n_cells,
        min(line_number) as first_line
    from cells
    group by entity, column_name, type, cell
),

matched as (
    select distinct
        forms.form,
        causes.*
    from (select distinct type, form from texts) as forms
    inner join causes on forms.type = causes.type and {{ matches('forms.form', 'causes.pattern') }}
),

found as (
    select
        texts.entity, texts.column_name, matched.cause, matched.beside, matched.low, matched.high,
        replace(matched.declaration, '{column:', '{' || texts.column_name || ':') as declaration,
        cast(sum(texts.n_cells) as bigint) as n_cells,
        min(texts.first_line) as first_line
    from texts
    inner join matched
        on
            texts.type = matched.type
            and texts.form = matched.form
            and coalesce(matched.column_name, texts.column_name) = texts.column_name
            and (matched.low is null or {{ parsed_number('texts.cell') }} between matched.low and matched.high)
    group by texts.entity, texts.column_name, matched.cause, matched.beside, matched.low, matched.high, matched.declaration
)

select
    found.entity, found.column_name, found.cause, found.low, found.high, found.declaration,
    found.n_cells, found.first_line
from found
left join found as others
    on found.entity = others.entity and found.column_name = others.column_name and found.beside = others.cause
where found.beside is null or others.cause is not null
