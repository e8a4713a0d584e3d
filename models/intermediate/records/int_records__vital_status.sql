with parsed as (
    select * from {{ ref('int_vital_status__parsed') }}
),

verdicts as (
    {{ repeated_records('vital_status', 'patient_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
