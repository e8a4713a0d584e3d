with counts as (
    select * from {{ ref('int_records__counts') }}
),

dispositions as (
    select entity, disposition from {{ ref('int_records__dispositions') }}
    where disposition != 'quarantined'
    union all
    select entity, 'quarantined' as disposition from {{ ref('int_records__quarantined') }}
)

select
    counts.entity,
    cast(counts.n_raw as bigint) as n_raw,
    count(case when dispositions.disposition = 'accepted' then 1 end) as n_accepted,
    count(case when dispositions.disposition = 'duplicate' then 1 end) as n_duplicate,
    count(case when dispositions.disposition = 'superseded' then 1 end) as n_superseded,
    count(case when dispositions.disposition = 'quarantined' then 1 end) as n_quarantined
from counts
left join dispositions on counts.entity = dispositions.entity
group by counts.entity, counts.n_raw
