-- What the site's texts in the tables mean where OMOP's rows are made into records.
{%- set vocabularies = ['indications', 'products', 'routes', 'medication_statuses', 'lab_tests', 'specimens'] %}
with concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

written as (
    select 'indications' as vocabulary, condition_source_value as text from {{ ref('stg_omop__condition_occurrence') }}
    union all
    select 'indications' as vocabulary, indication as text from {{ ref('indication_codes') }}
    union all
    select 'products' as vocabulary, drug_source_value as text from {{ ref('stg_omop__drug_exposure') }}
    union all
    select 'routes' as vocabulary, route_source_value as text from {{ ref('stg_omop__drug_exposure') }}
    union all
    select 'routes' as vocabulary, term as text from {{ ref('omop_concepts') }}
    where meaning = 'route'
    union all
    select 'lab_tests' as vocabulary, measurement_source_value as text from {{ ref('stg_omop__measurement') }}
    union all
    select 'medication_statuses' as vocabulary, stop_reason as text from {{ ref('stg_omop__drug_exposure') }}
    {%- for vocabulary in vocabularies if vocabulary != 'medication_statuses' %}
        union all
        select '{{ vocabulary }}' as vocabulary, concept_name as text from concepts
    {%- endfor %}
),

texts as (
    select distinct
        vocabulary,
        {{ folded('text') }} as source_text
    from written
    where text is not null
),

words as (
    {{ vocabulary_words(vocabularies) }}
),

{{ matched_texts(vocabularies) }}
