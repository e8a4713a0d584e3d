with results as (
    select * from {{ ref('int_labs__usability') }}
),

measured_result_reasons as (
    select * from {{ ref('measured_result_reasons') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select distinct
    results.patient_id,
    results.analyte,
    {{ days_between('treated.infused_at', 'results.collected_at') }} as study_day
from results
inner join measured_result_reasons on results.unusable_reason = measured_result_reasons.reason
inner join treated on results.patient_id = treated.patient_id
