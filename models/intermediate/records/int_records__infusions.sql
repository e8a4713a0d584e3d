with parsed as (
    select * from {{ ref('int_infusions__parsed') }}
),

verdicts as (
    {{ repeated_records('infusions', 'infusion_id') }}
)

{{ judged_records('parsed', 'verdicts') }}
