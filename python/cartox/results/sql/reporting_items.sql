-- One row per item of the guidelines, with the sentences of the run that answer it.
insert into results.reporting_items
with asked as (
    select items.display_order, unnest(string_split(items.topics, '|')) as topic
    from seeds.reporting_items as items
    where items.topics is not null
),

answers as (
    select asked.display_order, string_agg(methods.sentence, ' ' order by methods.sentence_number) as answer
    from asked
    inner join results.methods as methods on asked.topic = methods.topic
    group by asked.display_order
)

select
    items.guideline,
    items.item,
    items.part,
    items.asks,
    case
        when answers.answer is null then 'open'
        when items.open_reason is null then 'answered'
        else 'answered in part'
    end as status,
    answers.answer,
    coalesce(items.open_reason, if(answers.answer is null, 'nothing of it was computed in this run', null)) as open_reason,
    items.display_order
from seeds.reporting_items as items
left join answers on items.display_order = answers.display_order
order by items.display_order
