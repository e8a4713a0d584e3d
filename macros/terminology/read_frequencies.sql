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

{{ parted_texts() }}

select
    clocked.frequency_text,
    case
        when {{ matches('clocked.frequency_text', "'^[01]( ?- ?[01]){2,3}$'") }}
            then length(clocked.frequency_text) - length(replace(clocked.frequency_text, '1', ''))
        else {{ doses_per_day('parted_texts.parts') }}
    end as doses_per_day,
    coalesce({{ matches('parted_texts.parts', "'(^| )as needed( |$)'") }}, false) as is_as_needed
from clocked
inner join parted_texts on clocked.clocked_text = parted_texts.source_text
{%- endmacro %}
