-- Tests of which many patients show two scales, and of whose results of one day with another one many do: a single jump within a
-- day that happens to be a factor is none.
with paired as (
    select * from {{ ref('int_labs__paired') }}
),

units_apart as (
    select * from {{ ref('int_labs__units_apart') }}
),

results as (
    select * from {{ ref('int_labs__read') }}
),

compared as (
    select
        paired.patient_id,
        paired.result_id,
        coalesce(results.code_system, '') as code_system,
        coalesce(results.code, '') as code,
        coalesce(results.test_name, '') as test_name,
        results.unit_name as unit,
        cast(date_trunc('month', results.collected_at) as date) as collected_month,
        results.analyte,
        units_apart.implied_units,
        units_apart.result_id is not null as is_apart
    from paired
    inner join results on paired.result_id = results.result_id
    left join units_apart
        on paired.result_id = units_apart.result_id and paired.other_result_id = units_apart.other_result_id
),

tests as (
    select
        code_system,
        code,
        test_name,
        unit,
        count(distinct result_id) as n_results_paired,
        count(distinct case when is_apart then result_id end) as n_results_apart,
        count(distinct case when is_apart then patient_id end) as n_patients_apart
    from compared
    group by code_system, code, test_name, unit
)

select
    compared.code_system,
    compared.code,
    compared.test_name,
    compared.unit,
    compared.collected_month,
    compared.analyte,
    {{ joined_texts('compared.implied_units') }} as implied_units,
    cast(count(distinct compared.patient_id) as integer) as n_patients_apart
from compared
inner join tests
    on
        compared.code_system = tests.code_system
        and compared.code = tests.code
        and compared.test_name = tests.test_name
        and compared.unit = tests.unit
where
    compared.is_apart
    and tests.n_patients_apart >= {{ integer_var('both_scales_patients') }}
    and tests.n_results_apart * 100 >= tests.n_results_paired * {{ integer_var('both_scales_percent') }}
group by
    compared.code_system, compared.code, compared.test_name, compared.unit, compared.collected_month, compared.analyte
