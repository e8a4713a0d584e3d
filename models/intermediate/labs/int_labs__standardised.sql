-- Rounded to a millionth of the unit, so that one quantity in two units ties with itself (102 g/L is 10.2 g/dL).
with results as (
    select * from {{ ref('int_labs__read') }}
),

analytes as (
    select * from {{ ref('analytes') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
),

converted as (
    select
        results.*,
        analytes.canonical_unit,
        analytes.is_hemolysis_sensitive,
        round(results.number_read * lab_units.factor, 6) as converted_value,
        lab_units.factor is null as is_unit_unknown,
        plausibility.reject_low,
        plausibility.reject_high
    from results
    inner join analytes on results.analyte = analytes.analyte
    inner join plausibility on results.analyte = plausibility.quantity
    left join lab_units
        on
            results.analyte = lab_units.analyte
            and replace({{ folded('results.unit') }}, ' ', '') = lab_units.name
),

explained as (
    select
        *,
        case
            when not is_usable_status then 'withdrawn_result'
            when specimen is not null and is_blood is null then 'unknown_specimen'
            when not is_blood then 'specimen_not_blood'
            when number_read is null and is_not_performed then 'not_performed'
            when number_read is null and is_range then 'range_of_values'
            when number_read is null then 'unreadable_result'
            when unit is null then 'missing_unit'
            when is_unit_unknown then 'unknown_unit'
            when is_hemolysed and is_hemolysis_sensitive then 'hemolysed_specimen'
            when converted_value not between reject_low and reject_high then 'implausible_value'
        end as unusable_reason
    from converted
)

select
    result_id,
    patient_id,
    analyte,
    collected_at,
    resulted_at,
    result,
    unit as result_unit,
    case when unusable_reason is null then converted_value end as value,
    canonical_unit as unit,
    censoring,
    is_hemolysed,
    unusable_reason
from explained
