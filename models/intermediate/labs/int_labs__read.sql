-- The number, the comparison and the remarks that a result text holds, and the number of its upper reference limit.
with results as (
    select * from {{ accepted('lab_results') }}
    where analyte is not null
),

remarks as (
    select * from {{ ref('int_terminology__result_remarks') }}
),

signed as (
    select
        *,
        {{ with_comparison_signs('result') }} as signed_text
    from results
),

numbered as (
    select
        *,
        coalesce({{ extracted('signed_text', "'^([<>]=?)'") }}, '=') as comparator,
        {{ extracted('signed_text', result_number_pattern()) }} as number_text
    from signed
)

select
    numbered.*,
    {{ parsed_number(without_thousands_separators('numbered.number_text')) }} as number_read,
    {{ parsed_number(without_thousands_separators('numbered.reference_high')) }} as reference_high_read,
    {{ unit_text('numbered.unit') }} as unit_name,
    {{ is_range_text('numbered.signed_text') }} as is_range,
    case left(numbered.comparator, 1) when '<' then 'left' when '>' then 'right' else 'none' end as censoring,
    result_remarks.is_not_performed,
    coalesce(result_remarks.is_hemolysed, false) or coalesce(comment_remarks.is_hemolysed, false) as is_hemolysed,
    coalesce(result_remarks.has_interference, false) or coalesce(comment_remarks.has_interference, false) as has_interference
from numbered
left join remarks as result_remarks on {{ folded('numbered.result') }} = result_remarks.remark_text
left join remarks as comment_remarks on {{ folded('numbered.comment') }} = comment_remarks.remark_text
