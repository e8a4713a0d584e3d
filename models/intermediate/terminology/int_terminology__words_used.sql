-- How many records each known word decided the meaning of, where the word stands in their text and is not denied.
with matches as (
    select * from {{ ref('int_terminology__matches') }}
    where concept is not null
),

texts as (
    select * from {{ ref('int_terminology__texts') }}
)

select
    'words_' || matches.vocabulary as seed,
    matches.word_key,
    cast(sum(texts.n_records) as bigint) as n_records
from matches
inner join texts on matches.vocabulary = texts.vocabulary and matches.source_text = texts.source_text
group by matches.vocabulary, matches.word_key
