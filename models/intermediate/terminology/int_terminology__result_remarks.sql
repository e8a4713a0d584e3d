-- An index of hemolysis that stands beside its limit is held against it, whatever else is said. What is denied is taken out of a
-- text before the specimen is judged by it: `not grossly hemolyzed` leaves `moderately hemolyzed` standing.
with lab_results as (
    select * from {{ record_source('lab_results') }}
),

result_remarks as (
    select * from {{ ref('result_remarks') }}
),

texts as (
    select {{ folded('result') }} as remark_text from (select distinct result from lab_results) as results
    union
    select {{ folded('comment') }} as remark_text from (select distinct comment from lab_results) as comments
),

undenied as (
    select
        *,
        {{ replaced_everywhere('remark_text', denied_remark_pattern(), "' '") }} as undenied_text
    from texts
),

indexed as (
    select
        *,
        {{ plain_words('remark_text') }} as plain_text,
        {{ plain_words('undenied_text') }} as plain_undenied_text,
        {{ parsed_number(extracted('remark_text', hemolysis_index_pattern())) }} as hemolysis_index,
        {{ parsed_number(extracted('remark_text', hemolysis_index_pattern(), 2)) }} as index_limit
    from undenied
),

remarked as (
    select
        indexed.*,
        result_remarks.remark,
        contains(indexed.undenied_text, result_remarks.name)
        or contains(indexed.plain_undenied_text, result_remarks.name) as is_undenied
    from indexed
    left join result_remarks
        on
            contains(indexed.remark_text, result_remarks.name)
            or contains(indexed.plain_text, result_remarks.name)
    where result_remarks.remark is not null or indexed.index_limit is not null
)

select
    remark_text,
    coalesce(bool_or(remark in ('not performed', 'clotted', 'no number')), false) as is_not_performed,
    coalesce(bool_or(remark = 'not performed' and is_undenied), false) as is_nothing_measured,
    coalesce(bool_or(remark = 'clotted' and is_undenied), false) as is_clotted,
    coalesce(max(hemolysis_index) > max(index_limit), bool_or(remark = 'hemolysed' and is_undenied), false) as is_hemolysed,
    coalesce(bool_or(remark = 'interference') and not bool_or(remark = 'no interference'), false) as has_interference
from remarked
group by remark_text
