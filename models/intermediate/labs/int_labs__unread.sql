-- A result whose time or id cannot be read was measured, too; without a time it may be of any day.
with results as (
    select * from {{ ref('int_labs__usability') }}
),

measured_result_reasons as (
    select * from {{ ref('measured_result_reasons') }}
),

set_aside as (
    select * from {{ ref('int_lab_results__all') }}
    where
        disposition = 'quarantined'
        and analyte is not null
        and result is not null
        and is_usable_status
        and coalesce(is_blood, true)
)

select
    results.source_file,
    results.line_number,
    results.patient_id,
    results.analyte,
    results.collected_at,
    results.status_precedence
from results
inner join measured_result_reasons on results.unusable_reason = measured_result_reasons.reason
union all
select
    source_file,
    line_number,
    patient_id,
    analyte,
    collected_at,
    status_precedence
from set_aside
