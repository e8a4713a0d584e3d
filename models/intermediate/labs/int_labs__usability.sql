with converted as (
    select * from {{ ref('int_labs__converted') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
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
                    when converted.is_range then 'range_of_values'
                    when contains(converted.number_text, ',') then 'ambiguous_comma'
                    else 'unreadable_result'
                end
            when converted.is_sentinel then 'sentinel'
            when converted.unit_name is null then 'missing_unit'
            when converted.has_two_units then 'conflicting_units'
            when converted.factor is null then 'unknown_unit'
            when converted.is_hemolysed and converted.is_hemolysis_sensitive then 'hemolysed_specimen'
            when converted.review_reason is not null then converted.review_reason
            when converted.converted_value not between plausibility.reject_low and plausibility.reject_high
                then 'implausible_value'
        end as unusable_reason
    from converted
    inner join plausibility on converted.analyte = plausibility.quantity
)

select
    result_id,
    patient_id,
    analyte,
    {{ folded('specimen') }} as specimen,
    collected_at,
    resulted_at,
    status_precedence,
    result,
    coalesce(unit, unit_name) as result_unit,
    case when unusable_reason is null then converted_value end as value,
    canonical_unit as unit,
    comparator,
    censoring,
    converted_reference_high as reference_high,
    is_hemolysed,
    has_interference,
    case when unusable_reason is null then is_outside_usual end as is_doubtful,
    unusable_reason,
    source_file,
    line_number
from explained
