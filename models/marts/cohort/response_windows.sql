-- The response at the scan that lies nearest to the day that is meant. A response to later therapy never counts; where that scan
-- may have come after such a therapy, nobody knows.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

later_therapies as (
    select * from {{ ref('int_disease__later_therapies') }}
),

responses as (
    select * from {{ ref('int_disease__scans') }}
),

response_windows as (
    select * from {{ ref('response_window_days') }}
),

scanned as (
    select
        treated.patient_id,
        response_windows.response_window,
        case when not later_therapies.is_unclear then responses.response end as response,
        {{ days_between('treated.infused_at', 'responses.assessed_on') }} as study_day,
        row_number() over (
            partition by treated.patient_id, response_windows.response_window
            order by
                abs({{ days_between('treated.infused_at', 'responses.assessed_on') }} - response_windows.target_day) asc,
                responses.assessed_on desc, responses.assessment_id asc
        ) as preference
    from treated
    cross join response_windows
    inner join responses
        on
            treated.patient_id = responses.patient_id
            and responses.assessment_id is not null
            and not responses.is_after_death
            and {{ days_between('treated.infused_at', 'responses.assessed_on') }}
            between response_windows.first_day and response_windows.last_day
    inner join later_therapies on treated.patient_id = later_therapies.patient_id
    where coalesce(responses.assessed_on <= later_therapies.started_on, true)
)

select
    treated.patient_id,
    response_windows.response_window,
    case when scanned.patient_id is null then 'NE' else scanned.response end as response,
    cast(scanned.study_day as integer) as study_day
from treated
cross join response_windows
left join scanned
    on
        treated.patient_id = scanned.patient_id
        and response_windows.response_window = scanned.response_window
        and scanned.preference = 1
