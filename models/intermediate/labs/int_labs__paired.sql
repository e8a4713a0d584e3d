-- Two results of one day may come from two devices or two hours, so that a factor is looked for with a tolerance.
with results as (
    select
        *,
        cast(collected_at as date) as collected_on
    from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null and censoring = 'none' and value > 0
)

select
    results.patient_id,
    results.analyte,
    results.result_id,
    others.result_id as other_result_id,
    results.factor,
    others.value / results.value as ratio,
    case
        when results.collected_at = others.collected_at then {{ integer_var('unit_factor_percent_of_one_draw') }}
        else {{ integer_var('unit_factor_percent_of_one_day') }}
    end as percent_allowed
from results
inner join results as others
    on
        results.patient_id = others.patient_id
        and results.analyte = others.analyte
        and results.collected_on = others.collected_on
        and results.result_id != others.result_id
