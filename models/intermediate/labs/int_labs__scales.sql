-- Tests of which many patients show two scales, and of whose results of one day with another one many do: a single jump within a
-- day that happens to be a factor is none.
with units_apart as (
    select * from {{ ref('int_labs__units_apart') }}
),

results as {{ inline() }} (
    select
        result_id,
        coalesce(code_system, '') as code_system,
        coalesce(code, '') as code,
        coalesce(test_name, '') as test_name,
        unit_name as unit,
        cast(date_trunc('month', collected_at) as date) as collected_month,
        analyte
    from {{ ref('int_labs__read') }}
),

compared as {{ inline() }} (
    select result_id, patient_id, analyte, cast(collected_at as date) as collected_on
    from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null and censoring = 'none' and value > 0
),

apart as (
    select
        results.*,
        units_apart.patient_id,
        units_apart.implied_units
    from units_apart
    inner join results on units_apart.result_id = results.result_id
),

tests as (
    select code_system, code, test_name, unit, count(distinct result_id) as n_results_apart
    from apart
    group by code_system, code, test_name, unit
    having count(distinct patient_id) >= {{ integer_var('both_scales_patients') }}
),

scales as (
    select tests.code_system, tests.code, tests.test_name, tests.unit
    from tests
    inner join results
        on
            tests.code_system = results.code_system
            and tests.code = results.code
            and tests.test_name = results.test_name
            and tests.unit = results.unit
    inner join compared on results.result_id = compared.result_id
    inner join compared as others
        on
            compared.patient_id = others.patient_id
            and compared.analyte = others.analyte
            and compared.collected_on = others.collected_on
            and compared.result_id != others.result_id
    group by tests.code_system, tests.code, tests.test_name, tests.unit, tests.n_results_apart
    having tests.n_results_apart * 100 >= count(distinct results.result_id) * {{ integer_var('both_scales_percent') }}
)

select
    apart.code_system,
    apart.code,
    apart.test_name,
    apart.unit,
    apart.collected_month,
    apart.analyte,
    {{ joined_texts('apart.implied_units') }} as implied_units,
    cast(count(distinct apart.patient_id) as integer) as n_patients_apart
from apart
inner join scales
    on
        apart.code_system = scales.code_system
        and apart.code = scales.code
        and apart.test_name = scales.test_name
        and apart.unit = scales.unit
group by apart.code_system, apart.code, apart.test_name, apart.unit, apart.collected_month, apart.analyte
