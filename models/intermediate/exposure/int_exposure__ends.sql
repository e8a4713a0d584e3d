-- What the charted end of a row is worth. Of a given dose an end within a day spreads it; an end that several doses of the drug
-- share, and that lies more than a day after one of them, is that of their order, copied; one that lies so late alone tells that
-- more may have been given until then. A given row cannot end before it starts.
{%- set is_late = "ended_at > " ~ seconds_after('started_at', integer_var('dose_spread_hours') ~ ' * 3600') %}
with read_doses as (
    select * from {{ ref('int_exposure__read_doses') }}
    where ended_at is not null
),

shared as (
    select
        *,
        status = 'given' and per_hours is null as is_given_dose,
        {{ is_late }} as is_late,
        count(*) over same_end as n_rows_of_end,
        bool_or({{ is_late }}) over same_end as is_late_for_one
    from read_doses
    window same_end as (partition by patient_id, ingredient, status, per_hours is null, ended_at)
),

judged as (
    select
        *,
        case
            when status = 'given' and ended_at < started_at then 'early_ended_at'
            when is_given_dose and is_late_for_one and n_rows_of_end > 1 then 'copied_ended_at'
        end as ignored_because
    from shared
)

select
    administration_id,
    ignored_because,
    coalesce(ignored_because is null and is_given_dose and is_late, false) as is_longer_than_a_day,
    case when ignored_because is null and not (is_given_dose and is_late) then ended_at end as ends_at,
    case when ignored_because is null then ended_at end as may_last_until
from judged
