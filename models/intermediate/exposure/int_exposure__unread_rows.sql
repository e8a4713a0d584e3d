-- Rows of glucocorticoids that were charted and set aside at a time that can be read: what became of the drug was charted then,
-- whatever it was. A row of which the status cannot be read may be one.
with dose_units as (
    select * from {{ ref('int_terminology__dose_units') }}
),

set_aside as (
    select
        *,
        {{ folded('dose') }} as dose_text,
        {{ folded('dose_unit') }} as unit_beside
    from {{ set_aside('medication_administrations') }}
    where
        drug_class = 'glucocorticoid'
        and started_at is not null
        and coalesce(status in {{ charted_statuses() }}, true)
)

select
    set_aside.source_file || ':' || cast(set_aside.line_number as string) as row_id,
    set_aside.patient_id,
    set_aside.ingredient,
    set_aside.order_route,
    coalesce(set_aside.is_systemic_route, true) as may_be_systemic,
    set_aside.started_at,
    coalesce(units.per_hours is not null, false) as is_rate
from set_aside
left join dose_units as units
    on {{ word_key("coalesce(" ~ dose_unit_in_text('set_aside.dose_text') ~ ", set_aside.unit_beside)") }} = units.unit_key
