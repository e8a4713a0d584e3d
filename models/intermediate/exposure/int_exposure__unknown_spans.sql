-- Spans in which an unknown amount of a glucocorticoid may have been given: by a row whose dose or end cannot be read, by one
-- that was set aside, by an order that cannot be read where nothing was charted or that goes on where charting ended, or in an
-- era that no row explains.
with judged as (
    select * from {{ ref('int_exposure__administrations') }}
),

uncharted_days as (
    select * from {{ ref('int_exposure__uncharted_days') }}
)

select
    judged.administration_id,
    judged.patient_id,
    coalesce(uncharted_days.starts_at, judged.started_at) as starts_at,
    coalesce(uncharted_days.ends_at, judged.lasts_until) as ends_at,
    judged.is_unresolved
from judged
left join uncharted_days on judged.administration_id = uncharted_days.administration_id
where judged.may_be_more
union all
select
    silent_days.administration_id,
    silent_days.patient_id,
    silent_days.starts_at,
    silent_days.ends_at,
    false as is_unresolved
from {{ ref('int_exposure__silent_days') }} as silent_days
inner join judged on silent_days.administration_id = judged.administration_id
where judged.dismissed_reason = 'charting_ended'
union all
select administration_id, patient_id, starts_at, ends_at, true as is_unresolved
from {{ ref('int_exposure__unplaced_rows') }}
union all
select
    unread_orders.row_id as administration_id,
    unread_orders.patient_id,
    uncharted_days.starts_at,
    uncharted_days.ends_at,
    true as is_unresolved
from {{ ref('int_exposure__unread_orders') }} as unread_orders
inner join uncharted_days on unread_orders.row_id = uncharted_days.administration_id
union all
select era_id as administration_id, patient_id, starts_at, ends_at, true as is_unresolved
from {{ ref('int_exposure__unexplained_eras') }}
