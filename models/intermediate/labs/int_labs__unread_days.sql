with unread as (
    select * from {{ ref('int_labs__unread') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

spanned as (
    select
        unread.patient_id,
        unread.analyte,
        coalesce({{ days_between('treated.infused_at', 'unread.collected_at') }}, 0) as first_day,
        coalesce({{ days_between('treated.infused_at', 'unread.collected_at') }}, {{ integer_var('last_study_day') }}) as last_day
    from unread
    inner join treated on unread.patient_id = treated.patient_id
)

select distinct
    patient_id,
    analyte,
    {{ number_series('first_day', 'last_day') }} as study_day
from spanned
