{#- What each text of `texts` (vocabulary, source_text) means, as a query over the CTEs `texts` and `words`, of the vocabularies
    of these names. Of the known names that stand in a text the longest wins, of several as long the first; of drugs the first,
    for the others are what it was given with, or its name again. A name that a negation denies is not meant, nor is the drug
    that another was given for, with or after. Where every word is known, all the names that are meant are told beside it. -#}
{% macro matched_texts(names) -%}
{%- set whole = vocabulary_names('scope', 'whole') | select('in', names) | list -%}
{%- set doubted = vocabulary_names('is_doubted_by_a_mark', true) | select('in', names) | list -%}
{%- set one_name = vocabulary_names('is_one_name', true) | select('in', names) | list -%}
{{ known_words() }},

denials as (
    select
        negations.vocabulary,
        negations.source_text,
        names.first_word,
        row_number() over (
            partition by
                negations.vocabulary, negations.source_text, negations.first_word,
                case when negations.position = 'between' then names.first_word > negations.first_word end
            order by
                (names.first_word > negations.first_word) = (negations.position != 'next'),
                abs(names.first_word - negations.first_word)
        ) as nearness
    from kept as negations
    inner join kept as names
        on
            negations.vocabulary = names.vocabulary
            and negations.source_text = names.source_text
            and case negations.position
                when 'around' then true
                when 'between' then true
                when 'next' then true
                when 'last' then negations.last_word = negations.n_words
                when 'adjacent' then names.first_word = negations.last_word + 1
                else names.first_word > negations.first_word
            end
    where negations.kind = 'negation' and names.kind = 'name'
),

judged as (
    select
        kept.*,
        denials.first_word is not null as is_denied
    from kept
    left join denials
        on
            kept.vocabulary = denials.vocabulary
            and kept.source_text = denials.source_text
            and kept.first_word = denials.first_word
            and denials.nearness = 1
),

ranked as (
    select
        *,
        row_number() over (
            partition by vocabulary, source_text
            order by
                kind = 'name' and not is_denied desc,
                case when vocabulary = 'medications' then first_word end,
                length(word_key) desc,
                first_word,
                concept
        ) as preference
    from judged
),

summed as (
    select
        vocabulary,
        source_text,
        max(case when preference = 1 and not is_denied then concept end) as concept,
        max(case when preference = 1 and kind = 'name' and not is_denied then word_key end) as word_key,
        count(distinct case when not is_denied then concept end) as n_concepts,
        max(case when kind = 'negation' and position != 'adjacent' then 1 else 0 end) as has_negation,
        sum(case when kind = 'noise' or preference = 1 then last_word - first_word + 1 else 0 end) as n_words_read,
        sum(case when position != 'last' then last_word - first_word + 1 else 0 end) as n_words_known,
        {{ joined_texts("case when kind = 'name' and not is_denied then concept end") }} as meant_concepts,
        max(case when kind != 'noise' then 1 else 0 end) as has_more_than_noise,
        max(case when kind in ('name', 'negation') then 1 else 0 end) as has_name_or_negation
    from ranked
    group by vocabulary, source_text
)

select
    counted.vocabulary,
    counted.source_text,
    case
        when counted.vocabulary in ({{ quoted_names(whole) }}) and summed.n_words_read < counted.n_words
            then null
        when counted.vocabulary in ({{ quoted_names(doubted) }}) and contains(counted.source_text, '?') then null
        when counted.vocabulary in ({{ quoted_names(one_name) }}) and summed.n_concepts > 1 then null
        else summed.concept
    end as concept,
    case when summed.n_words_known >= counted.n_words then summed.meant_concepts else summed.concept end as concepts,
    summed.word_key,
    coalesce(summed.n_concepts, 0) as n_concepts,
    summed.concept is null and coalesce(summed.has_negation, 0) = 1 as is_negation,
    coalesce(summed.has_more_than_noise = 0 and summed.n_words_read = counted.n_words, false) as is_noise,
    coalesce(
        summed.has_more_than_noise = 1 and summed.has_name_or_negation = 0 and summed.n_words_known >= counted.n_words, false
    ) as is_remark
from counted
left join summed on counted.vocabulary = summed.vocabulary and counted.source_text = summed.source_text
{%- endmacro %}
