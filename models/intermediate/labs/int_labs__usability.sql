-- Values are rounded to a millionth of the analyte's unit, so that one quantity in two units ties with itself (102 g/L is 10.2
-- g/dL). What only warnings ask for stays where it was read. A 0 beside a remark that nothing was measured is none.
with results as (
    select * from {{ ref('int_labs__read') }}
),

analytes as (
    select * from {{ ref('analytes') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

sentinels as (
    select * from {{ ref('result_sentinels') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
),

converted as (
    select
        results.*,
        analytes.canonical_unit,
        lab_units.factor,
        {{ rounded('results.number_read * lab_units.factor', 6) }} as converted_value,
        case when results.limit_unit is null then lab_units.factor else limit_units.factor end as limit_factor,
        results.is_hemolysed and analytes.is_hemolysis_sensitive as is_spoiled,
        case when results.number_read < lab_units.review_below then lab_units.review_reason end as review_reason,
        sentinels.analyte is not null as is_sentinel
    from results
    inner join analytes on results.analyte = analytes.analyte
    left join lab_units on results.analyte = lab_units.analyte and results.unit_name = lab_units.name
    left join lab_units as limit_units on results.analyte = limit_units.analyte and results.limit_unit = limit_units.name
    left join sentinels
        on results.analyte = sentinels.analyte and results.number_read = sentinels.number and results.comparator = '='
),

explained as (
    select
        converted.*,
        converted.converted_value not between plausibility.warn_low and plausibility.warn_high as is_outside_usual,
        case
            when not converted.is_usable_status then 'withdrawn_result'
            when converted.specimen is not null and converted.is_blood is null then 'unknown_specimen'
            when not converted.is_blood then 'specimen_not_blood'
            when converted.number_read is null
                then case
                    when converted.is_not_performed then 'not_performed'
                    when converted.is_hemolysed and not {{ matches('converted.result', "'[0-9]'") }} then 'hemolysed_specimen'
                    when converted.is_range then 'range_of_values'
                    when contains(converted.number_text, ',') then 'ambiguous_comma'
                    else 'unreadable_result'
                end
            when converted.is_unmeasured then 'not_performed'
            when converted.is_sentinel then 'sentinel'
            when converted.unit_name is null then 'missing_unit'
            when converted.has_two_units then 'conflicting_units'
            when converted.factor is null then 'unknown_unit'
            when converted.is_spoiled then 'hemolysed_specimen'
            when converted.review_reason is not null then converted.review_reason
            when converted.converted_value not between plausibility.reject_low and plausibility.reject_high
                then 'implausible_value'
        end as unusable_reason
    from converted
    inner join plausibility on converted.analyte = plausibility.quantity
)

select
    result_id, patient_id, analyte, {{ folded('specimen') }} as specimen, collected_at, resulted_at, status_precedence, result,
    coalesce(unit, unit_name) as result_unit,
    case when unusable_reason is null then converted_value end as value,
    canonical_unit as unit,
    case when reference_high_read > 0 then {{ rounded('reference_high_read * limit_factor', 6) }} end as reference_high,
    factor, comparator, censoring, is_hemolysed, has_interference,
    case when unusable_reason is null then is_outside_usual end as is_doubtful,
    unusable_reason, source_file, line_number
from explained
