with lab_results as (
    select * from {{ record_source('lab_results') }}
),

result_remarks as (
    select * from {{ ref('result_remarks') }}
),

texts as (
    select {{ folded('result') }} as remark_text from lab_results
    union
    select {{ folded('comment') }} as remark_text from lab_results
)

select
    texts.remark_text,
    bool_or(result_remarks.remark = 'not performed') as is_not_performed,
    bool_or(result_remarks.remark = 'hemolysed')
    and not bool_or(result_remarks.remark = 'not hemolysed') as is_hemolysed,
    bool_or(result_remarks.remark = 'interference')
    and not bool_or(result_remarks.remark = 'no interference') as has_interference
from texts
inner join result_remarks on contains(texts.remark_text, result_remarks.name)
group by texts.remark_text
