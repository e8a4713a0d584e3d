with parsed as (
    select * from {{ ref('int_response_assessments__parsed') }}
),

verdicts as (
    {{ repeated_records('response_assessments', 'assessment_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
