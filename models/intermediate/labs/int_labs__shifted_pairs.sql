-- Results of one analyte that lie apart by what several values of the patient recur at. To the minute, because some systems drop
-- the seconds when they copy.
with results as {{ inline() }} (
    select
        *,
        date_trunc('minute', collected_at) as collected_minute
    from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

lab_copies as (
    select * from {{ ref('lab_copies') }}
),

recurring_values as (
    select patient_id, analyte, value, comparator
    from results
    group by patient_id, analyte, value, comparator
    having min(collected_minute) < max(collected_minute)
),

timed as (
    select results.* from results
    inner join recurring_values
        on
            results.patient_id = recurring_values.patient_id
            and results.analyte = recurring_values.analyte
            and results.value = recurring_values.value
            and results.comparator = recurring_values.comparator
),

recurring as (
    select distinct
        earlier.patient_id,
        earlier.analyte,
        earlier.value,
        earlier.comparator,
        {{ seconds_between('earlier.collected_minute', 'later.collected_minute') }} as seconds_apart
    from timed as earlier
    inner join timed as later
        on
            earlier.patient_id = later.patient_id
            and earlier.analyte = later.analyte
            and earlier.value = later.value
            and earlier.comparator = later.comparator
            and earlier.collected_minute < later.collected_minute
    inner join lab_copies
        on {{ seconds_between('earlier.collected_minute', 'later.collected_minute') }} <= lab_copies.most_hours * 3600
),

offsets as (
    select
        recurring.patient_id,
        recurring.seconds_apart
    from recurring
    cross join lab_copies
    group by recurring.patient_id, recurring.seconds_apart, lab_copies.least_values
    having count(*) >= lab_copies.least_values
)

select
    earlier.patient_id,
    earlier.analyte,
    earlier.value,
    earlier.comparator,
    earlier.result_id as earlier_result_id,
    later.result_id as later_result_id,
    cast(offsets.seconds_apart / 60 as integer) as offset_minutes,
    earlier.value = later.value and earlier.comparator = later.comparator as is_same_value,
    cast(earlier.collected_at as date) != cast(later.collected_at as date) as is_on_other_day
from offsets
inner join results as earlier on offsets.patient_id = earlier.patient_id
inner join results as later
    on
        earlier.patient_id = later.patient_id
        and earlier.analyte = later.analyte
        and {{ seconds_between('earlier.collected_minute', 'later.collected_minute') }} = offsets.seconds_apart
