with parsed as (
    select * from {{ ref('int_medication_administrations__parsed') }}
),

verdicts as (
    {{ repeated_records('medication_administrations', 'administration_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
