-- From which day after the index time on more glucocorticoid was given, or may have been, than in the hours before it, of which
-- one end counts: 24 hours hold two of three rounds. Beside unknown amounts nobody knows; one of them is more than none. Of an
-- index time with its date alone each moment of its day is taken: a rise is known that follows all of them.
with moments as (
    select * from {{ ref('int_cohort__dose_moments') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
),

days_after_index as (
    select
        moments.patient_id, moments.given_at, treated.infused_at,
        {{ number_series('moments.index_study_day', integer_var('last_study_day')) }} as study_day
    from moments
    inner join {{ ref('int_treated__patients') }} as treated on moments.patient_id = treated.patient_id
),

spans as (
    {% for shift in ['0', '1e-6'] %}
        select
            patient_id, given_at, true as is_before_index,
            {{ seconds_after('given_at', integer_var('hours_of_steroids_before_index') ~ ' * -3600.0 + ' ~ shift) }} as starts_at,
            {{ seconds_after('given_at', shift) }} as ends_at
        from moments
        union all
    {% endfor %}
    select
        patient_id, given_at, false as is_before_index,
        greatest({{ days_after('infused_at', 'study_day') }}, {{ seconds_after('given_at', '1e-6') }}) as starts_at,
        {{ days_after('infused_at', 'study_day + 1') }} as ends_at
    from days_after_index
),

summed as (
    select
        spans.patient_id, spans.given_at, spans.is_before_index, spans.starts_at,
        coalesce(round(sum({{ share_within('events', 'spans') }} * events.dexamethasone_equivalent_mg), 9), 0)
            as dexamethasone_equivalent_mg,
        bool_or(events.dexamethasone_equivalent_mg is null and not events.is_lower_bound) as has_unknown_dose,
        bool_or(events.is_unresolved) as may_be_more
    from spans
    inner join events
        on spans.patient_id = events.patient_id and {{ falls_within('events', 'spans') }}
    group by spans.patient_id, spans.given_at, spans.is_before_index, spans.starts_at
),

compared as (
    select
        *,
        coalesce(max(case when is_before_index then dexamethasone_equivalent_mg end) over (partition by patient_id, given_at), 0)
            as before_index_mg,
        coalesce(bool_or(is_before_index and (has_unknown_dose or may_be_more)) over (partition by patient_id, given_at), false)
            as may_be_more_before
    from summed
),

rises as (
    select
        patient_id, given_at, min(starts_at) as may_rise_at,
        min(
            case
                when
                    not may_be_more_before
                    and (dexamethasone_equivalent_mg > before_index_mg or (has_unknown_dose and before_index_mg = 0))
                    then starts_at
            end
        ) as rises_at
    from compared
    where not is_before_index and (dexamethasone_equivalent_mg > before_index_mg or has_unknown_dose or may_be_more)
    group by patient_id, given_at
)

select
    moments.patient_id, min(rises.may_rise_at) as may_rise_at,
    case when count(rises.rises_at) = count(*) then max(rises.rises_at) end as rises_at
from moments
left join rises on moments.patient_id = rises.patient_id and moments.given_at = rises.given_at
group by moments.patient_id
