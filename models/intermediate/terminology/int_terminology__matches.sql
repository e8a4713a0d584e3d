with texts as (
    select * from {{ ref('int_terminology__texts') }}
),

words as (
    select * from {{ ref('int_terminology__words') }}
),

{{ matched_texts(vocabulary_names()) }}
