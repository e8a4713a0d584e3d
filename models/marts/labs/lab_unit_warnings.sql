-- A unit that was swapped shows in the upper reference limits that the laboratory prints beside its results, of a test and
-- month together and never of one row alone. No value is changed by it.
with reference_checks as (
    select * from {{ ref('int_labs__reference_checks') }}
),

counted as (
    select
        coalesce(code_system, '') as code_system,
        coalesce(code, '') as code,
        coalesce(test_name, '') as test_name,
        unit_name as unit,
        cast(date_trunc('month', collected_at) as date) as collected_month,
        analyte,
        {{ joined_texts('case when not is_unit_confirmed then implied_units end') }} as implied_units,
        cast(count(*) as integer) as n_compared,
        cast(count(*) filter (where not is_unit_confirmed) as integer) as n_contradicting,
        median(reference_high) as median_reference_high
    from reference_checks
    group by all
)

select * from counted
where n_compared > 1 and n_contradicting * 2 > n_compared
