-- The number, the comparison, the unit and the remarks that a result text holds, and the number and unit of its upper reference
-- limit. What stands behind a number is its unit where no other is charted, or where it is one of the analyte's.
with results as (
    select * from {{ accepted('lab_results') }}
    where analyte is not null
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

remarks as (
    select * from {{ ref('int_terminology__result_remarks') }}
),

signed as (
    select
        *,
        {{ with_comparison_signs('result') }} as signed_text,
        {{ with_comparison_signs('reference_high') }} as signed_limit
    from results
),

numbered as (
    select
        *,
        coalesce({{ extracted('signed_text', "'^([<>]=?)'") }}, '=') as comparator,
        {{ extracted('signed_text', result_number_pattern()) }} as number_text,
        {{ unit_text('unit') }} as charted_unit,
        {{ unit_text(extracted('signed_text', result_number_pattern(), 2)) }} as written_unit,
        {{ extracted('signed_limit', upper_limit_pattern()) }} as limit_text,
        {{ unit_text(extracted('signed_limit', upper_limit_pattern(), 2)) }} as limit_unit
    from signed
)

select
    numbered.*,
    case
        when numbered.written_unit is null or numbered.charted_unit is null or written_units.factor is not null
            then {{ charted_number('numbered.number_text', 'lab_results') }}
    end as number_read,
    {{ charted_number('numbered.limit_text', 'lab_results') }} as reference_high_read,
    coalesce(numbered.charted_unit, numbered.written_unit) as unit_name,
    numbered.charted_unit is not null
    and written_units.factor is not null
    and coalesce(written_units.factor != charted_units.factor, true) as has_two_units,
    {{ is_range_text('numbered.signed_text') }} as is_range,
    case left(numbered.comparator, 1) when '<' then 'left' when '>' then 'right' else 'none' end as censoring,
    result_remarks.is_not_performed,
    coalesce(result_remarks.is_hemolysed, false) or coalesce(comment_remarks.is_hemolysed, false) as is_hemolysed,
    coalesce(result_remarks.has_interference, false) or coalesce(comment_remarks.has_interference, false) as has_interference
from numbered
left join lab_units as charted_units
    on numbered.analyte = charted_units.analyte and numbered.charted_unit = charted_units.name
left join lab_units as written_units
    on numbered.analyte = written_units.analyte and numbered.written_unit = written_units.name
left join remarks as result_remarks on {{ folded('numbered.result') }} = result_remarks.remark_text
left join remarks as comment_remarks on {{ folded('numbered.comment') }} = comment_remarks.remark_text
