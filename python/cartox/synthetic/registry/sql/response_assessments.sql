-- Scans around days 30, 90 and 180 until one shows progression: Lugano findings, and the response that was recorded.
with scans as (
    select
        *,
        unnest([0, 1, 2]) as place,
        case
            when drawn(number, 'responds') < case when trim(upper(cause_of_death)) = 'LYM' then 0.25 else 0.75 end then 9
            else picked([1, 1, 2], drawn(number, 'progression'))
        end as progression_place
    from people
    where story <> 'never_infused'
),

timed as (
    select
        *,
        [30, 90, 180][place + 1] + whole_between(-5, 12, drawn(number, 'scan day', place)) as study_day,
        case
            when place = progression_place then 'PD'
            when progression_place = 9 and place + drawn(number, 'complete', place) > 0.4 then 'CR'
            else 'PR'
        end as response
    from scans
    where place <= progression_place
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'scan twice', place), 0.004, 0, 0)) as appearance
    from timed
    where study_day <= last_living_day
)

select
    'RSP-' || lpad(cast(number as varchar), 8, '0') || '-' || place as assessment_id,
    case when drawn(number, 'scan of nobody', place) < 0.0005 then 'REG-X' || number else patient_id end as patient_id,
    case
        when drawn(number, 'no scan date', place) < 0.001 then picked(['spring 2022', '2022-00-10'], drawn(number, 'date'))
        else cast((cast(infused_at as date) + cast(study_day as integer)) as varchar)
    end as assessed_on,
    case response
        when 'PD' then '5'
        when 'CR' then picked(['1', '2', '3', '3'], drawn(number, 'deauville', place))
        else picked(['4', '4', '4', ''], drawn(number, 'deauville', place))
    end as deauville,
    case response
        when 'PD' then picked(['increased', 'reduced'], drawn(number, 'uptake', place))
        when 'CR' then 'reduced'
        else picked(['reduced', 'unchanged', 'Reduced'], drawn(number, 'uptake', place))
    end as uptake_change,
    case
        when response = 'PD' and drawn(number, 'uptake', place) >= 0.5 then 'true'
        else picked(['false', 'FALSE', ''], drawn(number, 'lesion', place))
    end as new_lesion,
    picked([response, response, '', lower(response)], drawn(number, 'recorded response', place)) as recorded_response
from appearing
