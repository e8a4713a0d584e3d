-- What each text of the sources means in its vocabulary: the longest known name that stands in it as whole words, whether
-- written apart or together; of several as long the first.
with texts as (
    select * from {{ ref('int_terminology__texts') }}
),

words as (
    select * from {{ ref('int_terminology__words') }}
),

plain_texts as (
    select
        vocabulary,
        source_text,
        coalesce({{ plain_words('source_text') }}, source_text) as plain_text
    from texts
),

counted as (
    select
        *,
        length(plain_text) - length(replace(plain_text, ' ', '')) + 1 as n_words
    from plain_texts
),

started as (
    select
        *,
        {{ number_series('1', 'n_words') }} as first_word
    from counted
),

spans as (
    select
        *,
        {{ number_series('1', 'least(n_words - first_word + 1, 8)') }} as n_words_joined
    from started
),

found as (
    select
        spans.vocabulary,
        spans.source_text,
        spans.n_words,
        spans.first_word,
        spans.n_words_joined,
        words.concept,
        words.word_key
    from spans
    inner join words
        on
            spans.vocabulary = words.vocabulary
            and {{ words_joined('spans.plain_text', 'spans.first_word', 'spans.n_words_joined') }} = words.word_key
),

ranked as (
    select
        *,
        row_number() over (
            partition by vocabulary, source_text order by length(word_key) desc, first_word, concept
        ) as preference
    from found
)

select * from ranked where preference = 1
