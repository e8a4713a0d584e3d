-- Every word of every vocabulary with the concept that it names, as it is compared: plain and written as one.
-- A word of signs alone is compared as it stands.
{%- set vocabularies = {
    'medications': ('drug_names', 'name', 'ingredient'),
    'routes': ('routes', 'name', 'route'),
    'products': ('product_names', 'name', 'product'),
    'indications': ('indications', 'name', 'indication_group'),
} %}
with listed as (
    {%- for vocabulary, (seed, word, concept) in vocabularies.items() %}
    select '{{ vocabulary }}' as vocabulary, {{ word }} as word, {{ concept }} as concept from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select distinct
    vocabulary,
    concept,
    coalesce(replace({{ plain_words('word') }}, ' ', ''), word) as word_key
from listed
