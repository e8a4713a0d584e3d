-- Two results of one day may come from two devices or two hours, so that a factor is looked for with a tolerance. Only days whose
-- results lie about as far apart as two units of the analyte are looked at.
with results as {{ inline() }} (
    select
        *,
        cast(collected_at as date) as collected_on
    from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null and censoring = 'none' and value > 0
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

least_ratios as (
    select
        lab_units.analyte,
        min(larger_units.factor / lab_units.factor) as least_ratio
    from lab_units
    inner join lab_units as larger_units
        on lab_units.analyte = larger_units.analyte and lab_units.factor < larger_units.factor
    group by lab_units.analyte
),

far_days as (
    select
        results.patient_id,
        results.analyte,
        results.collected_on
    from results
    inner join least_ratios on results.analyte = least_ratios.analyte
    group by results.patient_id, results.analyte, results.collected_on, least_ratios.least_ratio
    having
        {{ rounded('(1 - max(results.value) / min(results.value) / least_ratios.least_ratio) * 100', 6) }}
        <= greatest({{ integer_var('unit_factor_percent_of_one_draw') }}, {{ integer_var('unit_factor_percent_of_one_day') }})
),

far_apart as (
    select results.* from far_days
    inner join results
        on
            far_days.patient_id = results.patient_id
            and far_days.analyte = results.analyte
            and far_days.collected_on = results.collected_on
)

select
    far_apart.patient_id,
    far_apart.analyte,
    far_apart.result_id,
    others.result_id as other_result_id,
    far_apart.factor,
    others.value / far_apart.value as ratio,
    case
        when far_apart.collected_at = others.collected_at then {{ integer_var('unit_factor_percent_of_one_draw') }}
        else {{ integer_var('unit_factor_percent_of_one_day') }}
    end as percent_allowed
from far_apart
inner join far_apart as others
    on
        far_apart.patient_id = others.patient_id
        and far_apart.analyte = others.analyte
        and far_apart.collected_on = others.collected_on
        and far_apart.result_id != others.result_id
