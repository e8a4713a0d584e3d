-- Rows that count nothing although a glucocorticoid may have been given: their time, their status or their id cannot be read, or
-- the drug only looks like one. A row without a time may belong to any day of follow-up.
with set_aside as (
    select * from {{ ref('int_medication_administrations__all') }}
    where
        (
            (disposition = 'quarantined' and drug_class = 'glucocorticoid')
            or (disposition in ('accepted', 'quarantined') and is_suspected_glucocorticoid)
        )
        and coalesce(status = 'given', true)
        and coalesce(is_systemic_route, not is_local_form)
        and not is_depot_form
        and not {{ matches('coalesce(dose, ' ~ quoted_text('') ~ ')', "'^0+([.,]0*)?([^\\d.,].*)?$'") }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    case
        when set_aside.disposition = 'accepted' then set_aside.administration_id
        else set_aside.source_file || ':' || cast(set_aside.line_number as string)
    end as administration_id,
    set_aside.is_suspected_glucocorticoid,
    set_aside.patient_id,
    coalesce(set_aside.started_at, {{ days_after('treated.infused_at', 0) }}) as starts_at,
    coalesce(
        set_aside.started_at, {{ days_after('treated.infused_at', integer_var('last_study_day') ~ ' + 1') }}
    ) as ends_at
from set_aside
inner join treated on set_aside.patient_id = treated.patient_id
