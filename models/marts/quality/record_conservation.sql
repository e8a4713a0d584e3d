with counts as (
    select * from {{ ref('int_records__counts') }}
),

dispositions as (
    select entity, disposition, count(*) as n_records from {{ ref('int_records__dispositions') }}
    where disposition != 'quarantined'
    group by entity, disposition
    union all
    select entity, 'quarantined' as disposition, count(*) as n_records from {{ ref('int_records__quarantined') }}
    group by entity
    union all
    select cdm_table as entity, 'accepted' as disposition, sum(n_rows) as n_records from {{ ref('int_records__cdm_rows') }}
    group by cdm_table
)

select
    counts.entity,
    cast(counts.n_raw as bigint) as n_raw,
    cast(sum(case when dispositions.disposition = 'accepted' then dispositions.n_records else 0 end) as bigint) as n_accepted,
    cast(sum(case when dispositions.disposition = 'duplicate' then dispositions.n_records else 0 end) as bigint) as n_duplicate,
    cast(sum(case when dispositions.disposition = 'superseded' then dispositions.n_records else 0 end) as bigint) as n_superseded,
    cast(sum(case when dispositions.disposition = 'quarantined' then dispositions.n_records else 0 end) as bigint)
        as n_quarantined
from counts
left join dispositions on counts.entity = dispositions.entity
group by counts.entity, counts.n_raw
