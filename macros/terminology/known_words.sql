{#- The known words in each text of `texts` (vocabulary, source_text), written apart or together, as CTEs over `texts` and `words`,
    of which the last is `kept`: a word inside a longer known one is none,
    nor is a negation that is itself a name. -#}
{% macro known_words() -%}
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
        {{ number_series('1', 'least(n_words - first_word + 1, 9)') }} as n_words_joined
    from started
),

found as (
    select
        spans.vocabulary,
        spans.source_text,
        spans.n_words,
        spans.first_word,
        spans.first_word + spans.n_words_joined - 1 as last_word,
        words.kind,
        words.concept,
        words.position,
        words.word_key
    from spans
    inner join words
        on
            spans.vocabulary = words.vocabulary
            and {{ words_joined('spans.plain_text', 'spans.first_word', 'spans.n_words_joined') }} = words.word_key
),

kept as (
    select found.*
    from found
    left join found as longer
        on
            found.vocabulary = longer.vocabulary
            and found.source_text = longer.source_text
            and found.first_word >= longer.first_word
            and found.last_word <= longer.last_word
            and (
                found.last_word - found.first_word < longer.last_word - longer.first_word
                or (found.kind != 'name' and longer.kind = 'name')
            )
    where longer.word_key is null
)
{%- endmacro %}
