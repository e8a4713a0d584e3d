-- What may have happened to cells of the extract that have not the form of their column, by the look of all of them.
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
        {%- for name, column in described_columns('stg_extract__' ~ entity).items() if column.type in asked %}
            select
                '{{ entity }}' as entity,
                '{{ name }}' as column_name,
                '{{ column.type }}' as type,
                {{ name }} as cell,
                line_number
            from {{ ref('stg_extract__' ~ entity) }}
            where {{ name }} is not null
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
)

select
    cells.entity,
    cells.column_name,
    causes.cause,
    causes.low,
    causes.high,
    causes.declaration,
    count(*) as n_cells,
    min(cells.line_number) as first_line
from cells
inner join causes
    on
        cells.type = causes.type
        and coalesce(causes.column_name, cells.column_name) = cells.column_name
        and {{ matches('cells.cell', 'causes.pattern') }}
        and (causes.low is null or {{ parsed_number('cells.cell') }} between causes.low and causes.high)
group by cells.entity, cells.column_name, causes.cause, causes.low, causes.high, causes.declaration
