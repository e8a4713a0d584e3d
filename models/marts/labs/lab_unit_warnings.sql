-- A unit that was swapped shows in the upper reference limits that the laboratory prints beside its results, of a test and
-- month together and never of one row alone; or in patients who show two scales. No value is changed by it.
{%- set grain = ['code_system', 'code', 'test_name', 'unit', 'collected_month', 'analyte'] %}
with results as (
    select * from {{ ref('int_labs__read') }}
    where is_blood is distinct from false and coalesce(limit_unit, unit_name) = unit_name
),

reference_checks as (
    select * from {{ ref('int_labs__reference_checks') }}
),

scales as (
    select * from {{ ref('int_labs__scales') }}
),

counted as (
    select
        coalesce(results.code_system, '') as code_system,
        coalesce(results.code, '') as code,
        coalesce(results.test_name, '') as test_name,
        results.unit_name as unit,
        cast(date_trunc('month', results.collected_at) as date) as collected_month,
        results.analyte,
        {{ joined_texts('case when not reference_checks.is_unit_confirmed then reference_checks.implied_units end') }}
            as implied_units,
        cast(count(*) as integer) as n_compared,
        cast(count(*) filter (where not reference_checks.is_unit_confirmed) as integer) as n_contradicting,
        median(results.reference_high_read) as median_reference_high
    from results
    inner join reference_checks
        on
            results.analyte = reference_checks.analyte
            and results.unit_name = reference_checks.unit_name
            and results.reference_high_read = reference_checks.reference_high_read
    group by all
),

contradicted as (
    select * from counted
    where n_compared > 1 and n_contradicting * 2 > n_compared
)

select
    {%- for column in grain %}
        coalesce(contradicted.{{ column }}, scales.{{ column }}) as {{ column }},
    {%- endfor %}
    coalesce(contradicted.implied_units, scales.implied_units) as implied_units,
    coalesce(contradicted.n_compared, 0) as n_compared,
    coalesce(contradicted.n_contradicting, 0) as n_contradicting,
    contradicted.median_reference_high,
    coalesce(scales.n_patients_apart, 0) as n_patients_apart
from contradicted
full outer join scales
    on
        contradicted.code_system = scales.code_system
        and contradicted.code = scales.code
        and contradicted.test_name = scales.test_name
        and contradicted.unit = scales.unit
        and contradicted.collected_month = scales.collected_month
