{#- Every word of vocabularies as it is compared, with its kind (name, negation, remark or noise) and the concept that a name
    means, as a query. The drugs' names are names of vasopressors too. Without `denials` negations and remarks are no words. -#}
{% macro vocabulary_words(names, denials=true) -%}
with vocabularies as (
    {%- for name in names %}
    select '{{ name }}' as vocabulary
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

written as (
    {%- for name in names %}
    select '{{ name }}' as vocabulary, 'name' as kind, concept, '' as position, word from {{ ref('words_' ~ name) }}
    union all
    {%- if name == 'vasopressors' %}
    select '{{ name }}', 'name', concept, '', word from {{ ref('words_medications') }}
    union all
    {%- endif %}
    {%- endfor %}
    {%- if denials %}
    select vocabularies.vocabulary, 'negation', null, negations.position, negations.word
    from vocabularies
    inner join {{ ref('negations') }} as negations
        on negations.vocabulary is null or vocabularies.vocabulary = negations.vocabulary
    union all
    select vocabularies.vocabulary, 'remark', null, '', remark_words.word
    from vocabularies
    inner join {{ ref('remark_words') }} as remark_words on vocabularies.vocabulary = remark_words.vocabulary
    union all
    {%- endif %}
    select vocabularies.vocabulary, 'noise', null, '', noise_words.word
    from vocabularies
    inner join {{ ref('noise_words') }} as noise_words on vocabularies.vocabulary = noise_words.vocabulary
)

select distinct vocabulary, kind, concept, position, {{ word_key('word') }} as word_key
from written
{%- endmacro %}
