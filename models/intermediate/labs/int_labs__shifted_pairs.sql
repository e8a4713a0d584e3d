-- To the minute, because some systems drop the seconds when they copy.
with results as (
    select
        *,
        date_trunc('minute', collected_at) as collected_minute
    from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

lab_copies as (
    select * from {{ ref('lab_copies') }}
)

select
    earlier.patient_id,
    earlier.analyte,
    earlier.value,
    earlier.comparator,
    earlier.result_id as earlier_result_id,
    later.result_id as later_result_id,
    cast({{ seconds_between('earlier.collected_minute', 'later.collected_minute') }} / 60 as integer) as offset_minutes,
    earlier.value = later.value and earlier.comparator = later.comparator as is_same_value,
    cast(earlier.collected_at as date) != cast(later.collected_at as date) as is_on_other_day
from results as earlier
inner join results as later
    on
        earlier.patient_id = later.patient_id
        and earlier.analyte = later.analyte
        and earlier.collected_minute < later.collected_minute
inner join lab_copies
    on {{ seconds_between('earlier.collected_minute', 'later.collected_minute') }} <= lab_copies.most_hours * 3600
