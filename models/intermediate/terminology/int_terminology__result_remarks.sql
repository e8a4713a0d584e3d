-- An index of hemolysis that stands beside its limit is held against it, whatever else is said. What is denied is taken out of a
-- text before the specimen is judged by it: `not grossly hemolyzed` leaves `moderately hemolyzed` standing. Figures alone say
-- nothing.
with lab_results as (
    select * from {{ record_source('lab_results') }}
),

names as (
    select {{ plain_words('name') }} as name, remark from {{ ref('result_remarks') }}
    union all
    select {{ plain_words('word') }} as name, 'index' as remark from {{ ref('words_remarks') }}
    where concept in ('h index', 'index')
),

said as (
    select {{ folded('result') }} as remark_text from (select distinct result from lab_results) as results
    union
    select {{ folded('comment') }} as remark_text from (select distinct comment from lab_results) as comments
),

spoken as (
    select
        remark_text,
        {{ plain_words('remark_text') }} as plain_text
    from said
    where {{ matches('remark_text', "'[^0-9 .,<>=+-]'") }}
),

remarked as (
    select
        spoken.remark_text,
        names.name,
        names.remark
    from spoken
    inner join names on contains(spoken.plain_text, names.name)
),

texts as (
    select distinct remark_text as source_text from remarked
),

{{ marked_texts('remarks') }},

undenied as (
    select
        source_text,
        {{ replaced_everywhere('marked_text', denied_remark_pattern(), "' '") }} as undenied_text,
        {{ parsed_number(extracted('marked_text', hemolysis_index_pattern())) }} as hemolysis_index,
        {{ parsed_number(extracted('marked_text', hemolysis_index_pattern(), 2)) }} as index_limit
    from marked_texts
),

judged as (
    select
        remarked.remark_text,
        remarked.remark,
        undenied.hemolysis_index,
        undenied.index_limit,
        contains({{ plain_words(replaced_everywhere('undenied.undenied_text', "'[A-Z]+'", "''")) }}, remarked.name) as is_undenied
    from remarked
    inner join undenied on remarked.remark_text = undenied.source_text
    where remarked.remark != 'index' or undenied.index_limit is not null
)

select
    remark_text,
    coalesce(bool_or(remark in ('not performed', 'clotted', 'no number')), false) as is_not_performed,
    coalesce(bool_or(remark = 'not performed' and is_undenied), false) as is_nothing_measured,
    coalesce(bool_or(remark = 'clotted' and is_undenied), false) as is_clotted,
    coalesce(max(hemolysis_index) > max(index_limit), bool_or(remark = 'hemolysed' and is_undenied), false) as is_hemolysed,
    coalesce(bool_or(remark = 'interference') and not bool_or(remark = 'no interference'), false) as has_interference
from judged
group by remark_text
