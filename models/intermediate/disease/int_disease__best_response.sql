-- The best response from day 1 until progression or later therapy; NE where nothing could be evaluated by then. Unknown where a
-- scan that cannot be read may have been better than one that can, or where nobody knows whether what ends the time came before
-- the scans.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

later_therapies as (
    select * from {{ ref('int_disease__later_therapies') }}
),

responses as (
    select * from {{ ref('int_disease__scans') }}
),

since_infusion as (
    select
        treated.patient_id,
        responses.assessed_on,
        responses.response,
        responses.is_unread,
        later_therapies.started_on as later_therapy_on,
        later_therapies.is_unclear as is_later_therapy_unclear,
        coalesce(vital_status.is_progression_unclear, false) as is_progression_unclear,
        least(
            vital_status.progressed_on,
            min(case when responses.response = 'PD' then responses.assessed_on end) over (partition by treated.patient_id)
        ) as progressed_on
    from treated
    inner join later_therapies on treated.patient_id = later_therapies.patient_id
    left join vital_status on treated.patient_id = vital_status.patient_id
    left join responses on treated.patient_id = responses.patient_id
),

ranked as (
    select
        *,
        case
            when later_therapy_on < assessed_on then 0
            when response = 'PD' then 1
            when progressed_on < assessed_on then 0
            when response = 'SD' then 2
            when response = 'PR' then 3
            when response = 'CR' then 4
            else 0
        end as response_rank,
        is_unread
        and coalesce(later_therapy_on >= assessed_on, true) and coalesce(progressed_on >= assessed_on, true) as may_be_better
    from since_infusion
),

best as (
    select
        patient_id,
        max(response_rank) as best_rank,
        bool_or(may_be_better) as may_be_better,
        bool_or(is_later_therapy_unclear) and max(response_rank) > 0
        or bool_or(is_progression_unclear) and max(response_rank) > 1 as is_end_unclear
    from ranked
    group by patient_id
)

select
    patient_id,
    case
        when is_end_unclear or (may_be_better and best_rank between 1 and 3) then null
        when best_rank = 4 then 'CR'
        when best_rank = 3 then 'PR'
        when best_rank = 2 then 'SD'
        when best_rank = 1 then 'PD'
        else 'NE'
    end as best_response
from best
