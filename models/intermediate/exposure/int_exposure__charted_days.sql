-- The days of which the administration of drugs was charted: those with a given, held or refused row of any drug, and those
-- between two such rows that are not too far apart. Of patients with an order of a glucocorticoid alone.
with ordered_patients as (
    select distinct patient_id from {{ ref('int_exposure__read_doses') }}
    where status = 'ordered'
),

charted_times as (
    select distinct administrations.patient_id, administrations.started_at
    from {{ accepted('medication_administrations') }} as administrations
    inner join ordered_patients on administrations.patient_id = ordered_patients.patient_id
    where administrations.status in ('given', 'held', 'refused')
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
