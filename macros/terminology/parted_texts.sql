{#- Each text of `texts` (vocabulary, source_text) as the parts that its words mean (`parts`), in their order, as CTEs over `texts`
    and `words`, of which the last is `parted_texts`. A word that no seed knows is a part of its own, and an *and* is none. -#}
{% macro parted_texts() -%}
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

parted_texts as (
    select
        source_text,
        {{ texts_in_order("case when part != 'and' then part end", 'first_word') }} as parts
    from parted
    group by source_text
)
{%- endmacro %}
