{#- Each frequency of the CTE `frequencies` (frequency_text) read by its parts, as CTEs and a query. A word that no seed knows is a
    part that makes it unreadable, and so is a negation. -#}
{% macro read_frequencies() -%}
words as (
    {{ vocabulary_words(['frequencies'], denials=false) }}
),

clocked as (
    select
        frequency_text,
        {{ replaced_everywhere(
            'frequency_text', "'\\b([01]?[0-9]|2[0-3]):[0-5][0-9]\\b|\\b([01][0-9]|2[0-3])[0-5][0-9]\\b'", "' clock '"
        ) }} as clocked_text
    from frequencies
),

texts as (
    select distinct
        'frequencies' as vocabulary,
        clocked_text as source_text
    from clocked
),

{{ known_words() }},

parted as (
    select
        started.source_text,
        started.first_word,
        case
            when kept.first_word = started.first_word then kept.concept
            when kept.first_word is null then {{ words_joined('started.plain_text', 'started.first_word', '1') }}
        end as part
    from started
    left join kept on started.source_text = kept.source_text and started.first_word between kept.first_word and kept.last_word
),

joined as (
    select
        source_text,
        max(case when part = 'as needed' then 1 else 0 end) = 1 as is_as_needed,
        {{ texts_in_order("case when part != 'and' then part end", 'first_word') }} as parts
    from parted
    group by source_text
)

select
    clocked.frequency_text,
    case
        when {{ matches('clocked.frequency_text', "'^[01]( ?- ?[01]){2,3}$'") }}
            then length(clocked.frequency_text) - length(replace(clocked.frequency_text, '1', ''))
        else {{ doses_per_day('joined.parts') }}
    end as doses_per_day,
    joined.is_as_needed
from clocked
inner join joined on clocked.clocked_text = joined.source_text
{%- endmacro %}
