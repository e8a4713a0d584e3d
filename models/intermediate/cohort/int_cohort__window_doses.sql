-- What was given in each window. Of a dose of the day of the index time nobody knows whether it came before where one of the two
-- is charted with its date alone: it counts in total, and either side of the index time is at least what else was given. Of what
-- ran on the day of such an index time, that is what ran on the days before and after it.
with windows as (
    select * from {{ ref('int_cohort__exposure_windows') }}
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

spans as (
    select windows.*, false as is_of_other_days from windows
    union all
    select
        windows.patient_id, windows.exposure_window,
        case when windows.exposure_window = 'after_index' then {{ days_after('windows.starts_at', 1) }} else windows.starts_at end
            as starts_at,
        windows.ends_at, true as is_of_other_days
    from windows
    where windows.exposure_window != 'total'
),

events as (
    select
        dose_events.*,
        coalesce(dose_events.dose_ended_at > dose_events.dose_started_at, false) as is_running,
        coalesce(dose_events.dose_number is not null and case
            when dose_events.dose_ended_at > dose_events.dose_started_at
                then
                    index_time.is_date_alone
                    and dose_events.dose_ended_at > index_time.index_started_at
                    and dose_events.dose_started_at < {{ days_after('index_time.index_started_at', 1) }}
            else
                (dose_events.is_date_alone or index_time.is_date_alone)
                and {{ days_between('dose_events.dose_started_at', 'index_time.index_started_at') }} = 0
        end, false) as may_be_either_side
    from {{ ref('int_exposure__dose_events') }} as dose_events
    left join index_time on dose_events.patient_id = index_time.patient_id
),

placed as (
    select
        spans.patient_id,
        spans.exposure_window,
        events.administration_id,
        events.dose_started_at,
        events.is_unresolved,
        events.is_estimate,
        events.dose_number,
        events.dexamethasone_equivalent_mg,
        events.dexamethasone_equivalent_mg_080,
        events.dexamethasone_equivalent_mg_100,
        {{ share_within('events', 'spans') }} as share_in_window,
        events.is_lower_bound,
        events.may_be_either_side and spans.exposure_window != 'total' and not spans.is_of_other_days as is_unplaced
    from spans
    inner join events
        on
            spans.patient_id = events.patient_id
            and spans.starts_at < spans.ends_at
            and (not spans.is_of_other_days or (events.may_be_either_side and events.is_running))
            and (
                (events.may_be_either_side and spans.exposure_window != 'total' and not spans.is_of_other_days)
                or ({{ falls_within('events', 'spans') }})
            )
)

select
    patient_id, exposure_window, administration_id, dose_started_at, is_unresolved, is_estimate, share_in_window,
    {%- for column in [
        'dose_number', 'dexamethasone_equivalent_mg', 'dexamethasone_equivalent_mg_080', 'dexamethasone_equivalent_mg_100',
    ] %}
        case when not is_unplaced then {{ column }} end as {{ column }},
    {%- endfor %}
    is_lower_bound or is_unplaced as is_lower_bound
from placed
