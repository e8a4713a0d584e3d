with treated as (
    select * from {{ ref('int_treated__patients') }}
),

numbered as (
    select
        patient_id,
        infused_at,
        {{ number_series('0', integer_var('last_study_day')) }} as study_day
    from treated
)

select
    patient_id,
    cast(study_day as integer) as study_day,
    {{ days_after('infused_at', 'study_day') }} as starts_at,
    {{ days_after('infused_at', 'study_day + 1') }} as ends_at
from numbered
