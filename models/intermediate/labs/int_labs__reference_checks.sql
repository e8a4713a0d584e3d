with limits as (
    select distinct analyte, unit_name, reference_high_read
    from {{ ref('int_labs__read') }}
    where reference_high_read > 0
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

reference_highs as (
    select * from {{ ref('lab_reference_highs') }}
)

select
    limits.analyte,
    limits.unit_name,
    limits.reference_high_read,
    bool_or(implied_units.factor = reported_units.factor) as is_unit_confirmed,
    {{ joined_texts('implied_units.name') }} as implied_units
from limits
inner join lab_units as reported_units
    on limits.analyte = reported_units.analyte and limits.unit_name = reported_units.name
inner join reference_highs
    on
        limits.analyte = reference_highs.analyte
        and limits.reference_high_read >= coalesce(reference_highs.lower_bound, 0)
        and (reference_highs.is_lower_included or limits.reference_high_read > reference_highs.lower_bound)
        and limits.reference_high_read <= coalesce(reference_highs.upper_bound, limits.reference_high_read)
inner join lab_units as implied_units
    on reference_highs.analyte = implied_units.analyte and reference_highs.unit_name = implied_units.name
group by limits.analyte, limits.unit_name, limits.reference_high_read
