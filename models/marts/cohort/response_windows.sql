-- The response at the scan that lies nearest to the day that is meant. A response to later therapy never counts.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

categories as (
    select * from {{ ref('int_disease__responses') }}
),

response_windows as (
    select * from {{ ref('response_window_days') }}
),

scanned as (
    select
        treated.patient_id,
        response_windows.response_window,
        categories.response,
        {{ days_between('treated.infused_at', 'categories.assessed_on') }} as study_day,
        row_number() over (
            partition by treated.patient_id, response_windows.response_window
            order by
                abs({{ days_between('treated.infused_at', 'categories.assessed_on') }} - response_windows.target_day) asc,
                categories.assessed_on desc, categories.assessment_id asc
        ) as preference
    from treated
    cross join response_windows
    inner join categories
        on
            treated.patient_id = categories.patient_id
            and {{ days_between('treated.infused_at', 'categories.assessed_on') }}
            between response_windows.first_day and response_windows.last_day
    left join vital_status on treated.patient_id = vital_status.patient_id
    where vital_status.new_therapy_on is null or categories.assessed_on <= vital_status.new_therapy_on
)

select
    treated.patient_id,
    response_windows.response_window,
    coalesce(scanned.response, 'NE') as response,
    cast(scanned.study_day as integer) as study_day
from treated
cross join response_windows
left join scanned
    on
        treated.patient_id = scanned.patient_id
        and response_windows.response_window = scanned.response_window
        and scanned.preference = 1
