-- What tests, specimens and statuses the site's words name.
create temp table words as
with spelled as (
    select 'lab_tests' as vocabulary, 'name' as kind, concept, '' as position, word from words_lab_tests
    union all
    select 'specimens' as vocabulary, 'name' as kind, concept, '' as position, word from words_specimens
    union all
    select 'result_statuses' as vocabulary, 'name' as kind, concept, '' as position, word from words_result_statuses
    union all
    select vocabularies.vocabulary, 'negation' as kind, null as concept, negations.position, negations.word
    from negations
    cross join (values ('lab_tests'), ('specimens'), ('result_statuses')) as vocabularies (vocabulary)
    where negations.vocabulary is null or negations.vocabulary = vocabularies.vocabulary
    union all
    select vocabulary, 'noise' as kind, null as concept, '' as position, word from noise_words
)

select distinct
    vocabulary,
    kind,
    concept,
    position,
    coalesce(replace(plain_words(word), ' ', ''), word) as word_key
from spelled;

create temp table word_texts as
with texts as (
    select 'lab_tests' as vocabulary, folded(test_name) as folded_text
    from (select distinct test_name from raw_lab_results) as raw_texts
    union
    select 'specimens' as vocabulary, folded(specimen) as folded_text
    from (select distinct specimen from raw_lab_results) as raw_texts
    union
    select 'result_statuses' as vocabulary, folded(status) as folded_text
    from (select distinct status from raw_lab_results) as raw_texts
)

select
    vocabulary,
    folded_text,
    string_split(coalesce(plain_words(folded_text), folded_text), ' ') as text_words
from texts
where folded_text is not null;

create temp table meanings as
with starts as (
    select
        vocabulary,
        folded_text,
        text_words,
        unnest(range(1, len(text_words) + 1)) as first_word
    from word_texts
),

spans as (
    select
        *,
        unnest(range(first_word, least(first_word + 7, len(text_words)) + 1)) as last_word
    from starts
),

found as (
    select
        spans.vocabulary,
        spans.folded_text,
        spans.first_word,
        spans.last_word,
        words.kind,
        words.concept,
        words.position,
        words.word_key
    from spans
    inner join words
        on
            spans.vocabulary = words.vocabulary
            and array_to_string(spans.text_words[spans.first_word:spans.last_word], '') = words.word_key
),

within_others as (
    select distinct
        found.vocabulary,
        found.folded_text,
        found.first_word,
        found.last_word,
        found.kind
    from found
    inner join found as others
        on
            found.vocabulary = others.vocabulary
            and found.folded_text = others.folded_text
            and found.first_word >= others.first_word
            and found.last_word <= others.last_word
            and (
                found.last_word - others.last_word < found.first_word - others.first_word
                or (found.kind != 'name' and others.kind = 'name')
            )
),

outermost as (
    select found.*
    from found
    anti join within_others
        on
            found.vocabulary = within_others.vocabulary
            and found.folded_text = within_others.folded_text
            and found.first_word = within_others.first_word
            and found.last_word = within_others.last_word
            and found.kind = within_others.kind
),

nearest as (
    select
        negations.vocabulary,
        negations.folded_text,
        arg_min(
            names.first_word,
            (names.first_word > negations.first_word, abs(names.first_word - negations.first_word), names.word_key)
        ) as first_word
    from outermost as negations
    inner join outermost as names
        on
            negations.vocabulary = names.vocabulary
            and negations.folded_text = names.folded_text
            and (negations.position = 'around' or negations.first_word < names.first_word)
    where negations.kind = 'negation' and names.kind = 'name'
    group by negations.vocabulary, negations.folded_text, negations.first_word
),

denied as (
    select distinct
        vocabulary,
        folded_text,
        first_word
    from nearest
),

meant as (
    select
        outermost.*,
        outermost.kind = 'name' and denied.first_word is null as is_meant
    from outermost
    left join denied
        on
            outermost.vocabulary = denied.vocabulary
            and outermost.folded_text = denied.folded_text
            and outermost.first_word = denied.first_word
),

preferred as (
    select
        *,
        row_number() over (
            partition by vocabulary, folded_text
            order by is_meant desc, length(word_key) desc, first_word asc, concept asc
        ) as preference
    from meant
),

counted as (
    select
        vocabulary,
        folded_text,
        max(concept) filter (where is_meant and preference = 1) as concept,
        count(distinct concept) filter (where is_meant) as n_concepts,
        sum(last_word - first_word + 1) filter (where kind = 'noise' or (kind = 'name' and preference = 1)) as n_words_read
    from preferred
    group by vocabulary, folded_text
)

select
    counted.vocabulary,
    counted.folded_text,
    counted.concept
from counted
inner join word_texts
    on counted.vocabulary = word_texts.vocabulary and counted.folded_text = word_texts.folded_text
where
    case counted.vocabulary
        when 'specimens' then counted.n_concepts = 1
        else counted.n_words_read >= len(word_texts.text_words)
    end;

create temp table tests as
select
    raw_tests.code_system,
    raw_tests.code,
    raw_tests.test_name,
    case
        when lab_codes.code is not null then lab_codes.analyte
        when lab_code_systems.name is null or trimmed(raw_tests.code) is null then meanings.concept
    end as analyte
from (select distinct code_system, code, test_name from raw_lab_results) as raw_tests
left join lab_code_systems on folded(raw_tests.code_system) = lab_code_systems.name
left join lab_codes
    on lab_code_systems.code_system = lab_codes.code_system and trimmed(raw_tests.code) = lab_codes.code
left join meanings on folded(raw_tests.test_name) = meanings.folded_text and meanings.vocabulary = 'lab_tests';

create temp table specimen_texts as
select
    raw_texts.specimen as raw_text,
    coalesce(meanings.concept, folded(raw_texts.specimen)) as specimen,
    specimens.is_blood
from (select distinct specimen from raw_lab_results) as raw_texts
left join meanings on folded(raw_texts.specimen) = meanings.folded_text and meanings.vocabulary = 'specimens'
left join specimens on meanings.concept = specimens.specimen;

create temp table status_texts as
select
    raw_texts.status as raw_text,
    coalesce(lab_statuses.is_usable, true) as is_usable,
    coalesce(lab_statuses.is_correction, false) as is_correction,
    coalesce(lab_statuses.precedence, final_status.precedence) as precedence
from (select distinct status from raw_lab_results) as raw_texts
inner join lab_statuses as final_status on final_status.status = 'final'
left join meanings on folded(raw_texts.status) = meanings.folded_text and meanings.vocabulary = 'result_statuses'
left join lab_statuses on meanings.concept = lab_statuses.status;
