with parsed as (
    select * from {{ ref('int_lab_results__parsed') }}
),

verdicts as (
    {{ repeated_records('lab_results', 'result_id', 
        is_correction="lower(status) in (select name from " ~ ref('lab_statuses') ~ " where is_correction)",
        version_at=parsed_time('resulted_at')
    ) }}
)

{{ judged_records('parsed', 'verdicts') }}
