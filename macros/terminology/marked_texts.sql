{#- Each text of `texts` (source_text) in plain letters with its signs, where the concept of each known word stands in capitals
    before it (`NOTno HEMOLYSIShemolyse.`), as CTEs of which the last is `marked_texts`: a pattern then tells of signs and
    concepts, not of words. A `*` in a word of the seed stands for any letters; the longest word wins. -#}
{% macro marked_texts(vocabulary) -%}
spaced as (
    select
        source_text,
        {{ replaced_everywhere("replace(" ~ plain_letters('source_text') ~ ", ' ', '_')", "'([a-z]+)'", "' \\1 '") }} as spaced_text
    from texts
),

pieces as (
    select
        source_text,
        {{ words_with_places('spaced_text') }}
    from spaced
),

known as (
    select
        upper(replace(concept, ' ', '')) as mark,
        replace({{ plain_letters('word') }}, '*', '%') as word
    from {{ ref('words_' ~ vocabulary) }}
),

marks as (
    select
        words.piece,
        known.mark,
        row_number() over (partition by words.piece order by length(known.word) desc, known.mark) as preference
    from (select distinct piece from pieces) as words
    inner join known on words.piece like known.word
),

marked_texts as (
    select
        pieces.source_text,
        replace(replace({{ texts_in_order('coalesce(marks.mark || pieces.piece, pieces.piece)', 'pieces.place') }}, ' ', ''), '_', ' ')
            as marked_text
    from pieces
    left join marks on pieces.piece = marks.piece and marks.preference = 1
    group by pieces.source_text
)
{%- endmacro %}
