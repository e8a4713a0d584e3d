with results as (
    select * from {{ ref('int_labs__read') }}
    where
        reference_high_read > 0
        and is_blood is distinct from false
        and coalesce(limit_unit, unit_name) = unit_name
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

reference_highs as (
    select * from {{ ref('lab_reference_highs') }}
)

select
    results.result_id,
    results.patient_id,
    results.code_system,
    results.code,
    results.test_name,
    results.analyte,
    results.unit_name,
    results.collected_at,
    results.reference_high_read as reference_high,
    bool_or(implied_units.factor = reported_units.factor) as is_unit_confirmed,
    {{ joined_texts('implied_units.name') }} as implied_units
from results
inner join lab_units as reported_units
    on results.analyte = reported_units.analyte and results.unit_name = reported_units.name
inner join reference_highs
    on
        results.analyte = reference_highs.analyte
        and results.reference_high_read >= coalesce(reference_highs.lower_bound, 0)
        and (reference_highs.is_lower_included or results.reference_high_read > reference_highs.lower_bound)
        and results.reference_high_read <= coalesce(reference_highs.upper_bound, results.reference_high_read)
inner join lab_units as implied_units
    on reference_highs.analyte = implied_units.analyte and reference_highs.unit_name = implied_units.name
group by all
