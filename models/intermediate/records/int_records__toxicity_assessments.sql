with parsed as (
    select * from {{ ref('int_toxicity_assessments__parsed') }}
),

verdicts as (
    {{ repeated_records('toxicity_assessments', 'assessment_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
