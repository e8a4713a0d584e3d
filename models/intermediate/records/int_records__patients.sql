with parsed as (
    select * from {{ ref('int_patients__parsed') }}
),

verdicts as (
    {{ repeated_records('patients', 'patient_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
