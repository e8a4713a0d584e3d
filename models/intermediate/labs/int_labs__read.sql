-- The number, comparison, unit and remarks that a result text holds, and the number and unit of its upper limit. What stands
-- behind a number is its unit where no other is charted, or where it is one of the analyte's. Each text is read once.
{%- set results = '(select * from ' ~ accepted('lab_results') ~ ' as accepted where analyte is not null)' %}
with lab_units as (
    select * from {{ ref('lab_units') }}
),

remarks as (
    select * from {{ ref('int_terminology__result_remarks') }}
),

signed_results as (
    select result, {{ with_comparison_signs('result') }} as signed_text
    from (select distinct result from {{ results }} as results) as texts
),

read_results as (
    select
        signed_results.result,
        coalesce({{ extracted('signed_text', "'^([<>]=?)'") }}, '=') as comparator,
        {{ extracted('signed_text', result_number_pattern()) }} as number_text,
        {{ charted_number('number_text', 'lab_results') }} as result_number,
        {{ unit_text(extracted('signed_text', result_number_pattern(), 2)) }} as written_unit,
        {{ is_range_text('signed_text') }} as is_range,
        remarks.is_not_performed, remarks.is_nothing_measured, remarks.is_clotted, remarks.is_hemolysed,
        remarks.has_interference
    from signed_results
    left join remarks on {{ folded('signed_results.result') }} = remarks.remark_text
),

read_comments as (
    select texts.comment, remarks.is_nothing_measured, remarks.is_clotted, remarks.is_hemolysed, remarks.has_interference
    from (select distinct comment from {{ results }} as results) as texts
    inner join remarks on {{ folded('texts.comment') }} = remarks.remark_text
),

read_limits as (
    select
        reference_high,
        {{ extracted('signed_limit', upper_limit_pattern()) }} as limit_text,
        {{ charted_number('limit_text', 'lab_results') }} as reference_high_read,
        {{ unit_text(extracted('signed_limit', upper_limit_pattern(), 2)) }} as limit_unit
    from (
        select reference_high, {{ with_comparison_signs('reference_high') }} as signed_limit
        from (select distinct reference_high from {{ results }} as results) as limits
    ) as signed_limits
),

read_units as (
    select unit, {{ unit_text('unit') }} as charted_unit
    from (select distinct unit from {{ results }} as results) as texts
)

select
    results.result_id, results.patient_id, results.code_system, results.code, results.test_name, results.analyte,
    results.specimen, results.is_blood, results.collected_at, results.resulted_at, results.is_usable_status,
    results.status_precedence, results.result, results.unit, results.source_file, results.line_number,
    read_results.comparator, read_results.number_text, read_results.is_range, read_results.is_not_performed,
    read_limits.reference_high_read, read_limits.limit_unit,
    (read_results.is_clotted or read_comments.is_clotted) is true
    or ((read_results.is_nothing_measured or read_comments.is_nothing_measured) and read_results.result_number = 0) is true
        as is_unmeasured,
    case
        when read_results.written_unit is null or read_units.charted_unit is null or written_units.factor is not null
            then read_results.result_number
    end as number_read,
    coalesce(read_units.charted_unit, read_results.written_unit) as unit_name,
    read_units.charted_unit is not null
    and written_units.factor is not null
    and coalesce(written_units.factor != charted_units.factor, true) as has_two_units,
    case left(read_results.comparator, 1) when '<' then 'left' when '>' then 'right' else 'none' end as censoring,
    coalesce(read_results.is_hemolysed, false) or coalesce(read_comments.is_hemolysed, false) as is_hemolysed,
    coalesce(read_results.has_interference, false) or coalesce(read_comments.has_interference, false) as has_interference
from {{ results }} as results
left join read_results on results.result = read_results.result
left join read_limits on results.reference_high = read_limits.reference_high
left join read_units on results.unit = read_units.unit
left join lab_units as charted_units on results.analyte = charted_units.analyte and read_units.charted_unit = charted_units.name
left join lab_units as written_units on results.analyte = written_units.analyte and read_results.written_unit = written_units.name
left join read_comments on results.comment = read_comments.comment
