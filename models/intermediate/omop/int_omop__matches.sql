-- What the site's texts in the tables mean where OMOP's rows are made into records.
with concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

texts as (
    select 'indications' as vocabulary, {{ folded('condition_source_value') }} as source_text
    from {{ ref('stg_omop__condition_occurrence') }}
    where condition_source_value is not null
    union
    select 'indications' as vocabulary, {{ folded('concept_name') }} as source_text
    from concepts
    where concept_name is not null
    union
    select 'indications' as vocabulary, {{ folded('indication') }} as source_text from {{ ref('indication_codes') }}
    union
    select 'products' as vocabulary, {{ folded('drug_source_value') }} as source_text
    from {{ ref('stg_omop__drug_exposure') }}
    where drug_source_value is not null
    union
    select 'products' as vocabulary, {{ folded('concept_name') }} as source_text
    from concepts
    where concept_name is not null
    union
    select 'routes' as vocabulary, {{ folded('route_source_value') }} as source_text
    from {{ ref('stg_omop__drug_exposure') }}
    where route_source_value is not null
    union
    select 'routes' as vocabulary, {{ folded('concept_name') }} as source_text
    from concepts
    where concept_name is not null
    union
    select 'routes' as vocabulary, {{ folded('term') }} as source_text
    from {{ ref('omop_concepts') }}
    where meaning = 'route'
    union
    select 'medication_statuses' as vocabulary, {{ folded('stop_reason') }} as source_text
    from {{ ref('stg_omop__drug_exposure') }}
    where stop_reason is not null
),

words as (
    {{ vocabulary_words(['indications', 'products', 'routes', 'medication_statuses']) }}
),

{{ matched_texts() }}
