-- The number, the bound's direction and the remarks that a result text holds.
with results as (
    select * from {{ ref('int_lab_results__accepted') }}
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
        {{ extracted('signed_text', "'^([<>]=?)'") }} as comparator,
        {{ extracted(
            'signed_text',
            "'^(?:[<>]=?)?\\s*((?:[+-]?\\d[\\d,]*[.]?\\d*|[+-]?[.]\\d+)(?:e[+-]?\\d{1,2})?)\\s*(?:[(\\[]?[hl]{1,2}[)\\]]?|[*!]|\\s)*(?:h?a?emoly[sz]ed.*|lip[a]?emic.*|icteric.*)?$'"
        ) }} as number_text
    from signed
)

select
    numbered.*,
    {{ parsed_number(without_thousands_separators('numbered.number_text')) }} as number_read,
    {{ matches('numbered.signed_text', "'^[\\d.,]+\\s*-\\s*[\\d.,]+$'") }} as is_range,
    case left(numbered.comparator, 1) when '<' then 'left' when '>' then 'right' else 'none' end as censoring,
    coalesce(result_remarks.is_not_performed, false) as is_not_performed,
    coalesce(result_remarks.is_hemolysed, false) or coalesce(comment_remarks.is_hemolysed, false) as is_hemolysed
from numbered
left join remarks as result_remarks on {{ folded('numbered.result') }} = result_remarks.remark_text
left join remarks as comment_remarks on {{ folded('numbered.comment') }} = comment_remarks.remark_text
