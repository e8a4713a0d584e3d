-- How many records each file of the extract held, counted apart from the reader.
with landed_files as (
    select * from {{ source('intake', 'landed_files') }}
)

select
    entity,
    sum(n_raw) as n_raw
from landed_files
group by entity
