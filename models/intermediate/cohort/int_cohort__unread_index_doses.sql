-- Rows of the index drug that were charted and set aside, and may have been doses: their time, their status or their id cannot be
-- read. A row without a time may belong to any day.
with set_aside as (
    select * from {{ set_aside('medication_administrations') }}
    where
        ingredient = {{ text_var('index_drug') }}
        and (not is_local or route = 'intrathecal')
        and coalesce(status = 'given', true)
        and not is_zero_dose
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    set_aside.patient_id,
    set_aside.source_file || ':' || cast(set_aside.line_number as string) as record_id,
    set_aside.started_at
from set_aside
inner join treated on set_aside.patient_id = treated.patient_id
where
    set_aside.started_at is null
    or {{ days_between('treated.infused_at', 'set_aside.started_at') }} between 0 and {{ integer_var('last_study_day') }}
