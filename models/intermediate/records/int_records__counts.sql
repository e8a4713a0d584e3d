-- How many raw records there were of every kind: in the file of the extract, counted apart from the reader, or made from the
-- tables of the common data model, whose rows are counted as kinds of their own; of a vocabulary, how many the intake left.
with landed_files as (
    select * from {{ landed('intake', 'landed_files') }}
),

delivered as (
    {% for entity, origin in record_origins().items() %}
        {%- if origin == 'extract' %}
            select '{{ entity }}' as entity, 0 as n_raw, 0 as n_not_needed
        {%- else %}
            select '{{ entity }}' as entity, count(*) as n_raw, 0 as n_not_needed from {{ record_source(entity) }}
        {%- endif %}
        union all
    {% endfor %}
    select
        entity,
        n_raw,
        n_not_needed
    from landed_files
)

select
    entity,
    sum(n_raw) as n_raw,
    sum(n_not_needed) as n_not_needed
from delivered
group by entity
