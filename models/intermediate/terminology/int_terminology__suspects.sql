-- Medication texts that mean no glucocorticoid and hold a word that looks like one: by its stem, or at most two letters from a
-- known name of seven letters or more; also one whose known name a negation denies, or that stands behind another drug's.
with named as (
    select
        words.*,
        drugs.drug_class = 'glucocorticoid' as is_glucocorticoid
    from {{ ref('int_terminology__words') }} as words
    inner join {{ ref('drugs') }} as drugs on words.concept = drugs.ingredient
    where words.vocabulary = 'medications'
),

words as (
    select * from named
    where is_glucocorticoid
),

matches as (
    select matches.*
    from {{ ref('int_terminology__matches') }} as matches
    left join {{ ref('drugs') }} as drugs on matches.concept = drugs.ingredient
    where matches.vocabulary = 'medications' and coalesce(drugs.drug_class != 'glucocorticoid', true)
),

stems as (
    select * from {{ ref('glucocorticoid_stems') }}
),

exceptions as (
    select * from {{ ref('glucocorticoid_exceptions') }}
),

texts as (
    select
        source_text,
        {{ plain_words('source_text') }} as plain_text
    from matches
),

started as (
    select
        *,
        {{ number_series('1', "length(plain_text) - length(replace(plain_text, ' ', '')) + 1") }} as first_word
    from texts
    where plain_text is not null
),

spelled as (
    select
        source_text,
        1 as n_words,
        contains(plain_text, 'percent') as has_percentage,
        {{ words_joined('plain_text', 'first_word', '1') }} as word
    from started
    union
    select
        source_text,
        2 as n_words,
        contains(plain_text, 'percent') as has_percentage,
        {{ words_joined('plain_text', 'first_word', '2') }} as word
    from started
),

candidates as (
    select spelled.*
    from spelled
    left join exceptions on spelled.word = exceptions.word
    left join named as others on spelled.word = others.word_key and not others.is_glucocorticoid
    where exceptions.word is null and others.word_key is null
),

alike as (
    select candidates.source_text
    from candidates
    inner join stems
        on
            candidates.n_words = 1
            and (
                (stems.position = 'contains' and contains(candidates.word, stems.stem))
                or (stems.position = 'begins' and candidates.word like stems.stem || '%')
                or (stems.position = 'ends' and candidates.word like '%' || stems.stem)
                or (stems.position = 'whole' and candidates.word = stems.stem and not candidates.has_percentage)
            )
    union
    select candidates.source_text
    from candidates
    inner join words on candidates.word = words.word_key
    union
    select candidates.source_text
    from candidates
    inner join words
        on
            length(words.word_key) >= {{ integer_var('suspected_name_letters') }}
            and abs(length(candidates.word) - length(words.word_key)) <= {{ integer_var('suspected_letters_apart') }}
            and levenshtein(candidates.word, words.word_key) <= {{ integer_var('suspected_letters_apart') }}
)

select distinct source_text as medication_text
from alike
