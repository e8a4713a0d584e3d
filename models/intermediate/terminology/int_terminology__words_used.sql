-- How many records each known word decided the meaning of, where the word stands in their text and is not denied.
with matches as (
    select * from {{ ref('int_terminology__matches') }}
    where concept is not null
),

vasopressors as (
    select * from {{ ref('int_terminology__vasopressors') }}
),

used as (
    {%- for vocabulary, about in vocabularies().items() %}
        {%- for entity, column in about.texts.items() %}
            select
                'words_{{ vocabulary }}' as seed,
                matches.word_key
            from {{ record_source(entity) }} as records
            inner join matches
                on matches.vocabulary = '{{ vocabulary }}' and {{ folded('records.' ~ column) }} = matches.source_text
            union all
        {%- endfor %}
    {%- endfor %}
    select
        'words_vasopressors' as seed,
        matches.word_key
    from {{ record_source('toxicity_assessments') }} as records
    inner join vasopressors on {{ folded('records.vasopressors') }} = vasopressors.vasopressors_text
    inner join matches on matches.vocabulary = 'vasopressors' and vasopressors.piece = matches.source_text
)

select
    seed,
    word_key,
    count(*) as n_records
from used
group by seed, word_key
