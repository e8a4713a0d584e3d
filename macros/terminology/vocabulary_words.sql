{#- Every word of vocabularies as it is compared, with its kind (name, negation or noise) and the concept that a name means, as a
    query. The drugs' names are names of vasopressors too. -#}
{% macro vocabulary_words(names) -%}
    {%- for name in names %}
    select '{{ name }}' as vocabulary, 'name' as kind, concept, '' as position, {{ word_key('word') }} as word_key
    from {{ ref('words_' ~ name) }}
    union
    {%- if name == 'vasopressors' %}
    select '{{ name }}', 'name', concept, '', {{ word_key('word') }} from {{ ref('words_medications') }}
    union
    {%- endif %}
    select '{{ name }}', 'negation', null, position, {{ word_key('word') }} from {{ ref('negations') }}
    where coalesce(vocabulary, '{{ name }}') = '{{ name }}'
    union
    select '{{ name }}', 'noise', null, '', {{ word_key('word') }} from {{ ref('noise_words') }} where vocabulary = '{{ name }}'
    {{ 'union' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
