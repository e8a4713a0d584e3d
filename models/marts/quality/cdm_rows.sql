with accounts as (
    select * from {{ ref('int_records__cdm_rows') }}
)

select
    cdm_table,
    became,
    coalesce(reason, 'read') as reason,
    cast(sum(n_rows) as bigint) as n_rows
from accounts
group by cdm_table, became, coalesce(reason, 'read')
