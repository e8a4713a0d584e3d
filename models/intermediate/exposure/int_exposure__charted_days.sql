-- The days of which the administration of drugs was charted: those with a given, held or refused row of any drug, and those
-- between two such rows that are not too far apart, also rows set aside because another bears their id. Of patients with an
-- order of a glucocorticoid alone.
with ordered_patients as (
    select patient_id from {{ ref('int_exposure__read_doses') }}
    where status = 'ordered'
    union
    select patient_id from {{ ref('int_exposure__unread_orders') }}
),

charted_rows as (
    select patient_id, started_at, status from {{ accepted('medication_administrations') }}
    union all
    select patient_id, started_at, status from {{ set_aside('medication_administrations') }}
    where reason = 'conflicting_id' and started_at is not null
),

charted_times as (
    select distinct charted_rows.patient_id, charted_rows.started_at
    from charted_rows
    inner join ordered_patients on charted_rows.patient_id = ordered_patients.patient_id
    where charted_rows.status in ('given', 'held', 'refused')
),

followed as (
    select
        *,
        lead(started_at) over (partition by patient_id order by started_at) as next_at
    from charted_times
),

spans as (
    select
        *,
        case
            when {{ seconds_between('started_at', 'next_at') }} <= 3600 * {{ integer_var('charting_gap_hours') }}
                then {{ days_between('started_at', 'next_at') }}
            else 0
        end as n_days_after
    from followed
),

days as (
    select
        patient_id,
        started_at,
        {{ number_series('0', 'n_days_after') }} as n_days
    from spans
)

select distinct
    patient_id,
    cast({{ days_after('started_at', 'n_days') }} as date) as charted_on
from days
