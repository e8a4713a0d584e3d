-- Days on which a vasopressor may have run of which the row cannot be read: its time, its status or its id. What began may hold
-- for some hours; without a time it may have been any day.
with set_aside as (
    select * from {{ set_aside('medication_administrations') }}
    where
        drug_class in ('vasopressor', 'vasopressin')
        and coalesce(status = 'given', true)
        and not is_local
        and not is_zero_dose
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

spans as (
    select
        set_aside.patient_id,
        coalesce({{ days_between('treated.infused_at', 'set_aside.started_at') }}, 0) as first_day,
        coalesce(
            {{ days_between(
                'treated.infused_at',
                'greatest(set_aside.ended_at, ' ~ seconds_after('set_aside.started_at', integer_var('vasopressor_holds_hours') ~ ' * 3600.0') ~ ')'
            ) }},
            {{ integer_var('last_study_day') }}
        ) as last_day
    from set_aside
    inner join treated on set_aside.patient_id = treated.patient_id
),

days as (
    select
        patient_id,
        {{ number_series('first_day', 'last_day') }} as study_day
    from spans
    where first_day <= last_day
)

select distinct
    patient_id,
    cast(study_day as integer) as study_day
from days
