-- The days after the index time on which more glucocorticoid was given, or may have been, than in the hours before it, of which
-- one end counts: 24 hours hold two of three rounds. Beside unknown amounts nobody knows; one of them is more than none.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

events as (
    select * from {{ ref('int_exposure__dose_events') }}
),

timed as (
    select
        index_time.patient_id,
        index_time.index_study_day,
        treated.infused_at,
        index_time.index_started_at,
        {{ seconds_after('index_time.index_started_at', '1e-6') }} as after_index_at,
        {{ seconds_after('index_time.index_started_at', integer_var('hours_of_steroids_before_index') ~ ' * -3600.0') }}
            as compared_from
    from index_time
    inner join {{ ref('int_treated__patients') }} as treated on index_time.patient_id = treated.patient_id
),

days_after_index as (
    select
        patient_id,
        after_index_at,
        infused_at,
        {{ number_series('index_study_day', integer_var('last_study_day')) }} as study_day
    from timed
),

spans as (
    {% for shift in ['0', '1e-6'] %}
        select
            patient_id, true as is_before_index,
            {{ seconds_after('compared_from', shift) }} as starts_at, {{ seconds_after('index_started_at', shift) }} as ends_at
        from timed
        union all
    {% endfor %}
    select
        patient_id, false as is_before_index,
        greatest({{ days_after('infused_at', 'study_day') }}, after_index_at) as starts_at,
        {{ days_after('infused_at', 'study_day + 1') }} as ends_at
    from days_after_index
),

summed as (
    select
        spans.patient_id,
        spans.is_before_index,
        spans.starts_at,
        coalesce(round(sum({{ share_within('events', 'spans') }} * events.dexamethasone_equivalent_mg), 9), 0)
            as dexamethasone_equivalent_mg,
        bool_or(events.dexamethasone_equivalent_mg is null and not events.is_lower_bound) as has_unknown_dose,
        bool_or(events.is_unresolved) as may_be_more
    from spans
    inner join events
        on
            spans.patient_id = events.patient_id
            and {{ falls_within('events', 'spans') }}
    group by spans.patient_id, spans.is_before_index, spans.starts_at
),

compared as (
    select
        *,
        coalesce(max(case when is_before_index then dexamethasone_equivalent_mg end) over (partition by patient_id), 0)
            as before_index_mg,
        coalesce(bool_or(is_before_index and (has_unknown_dose or may_be_more)) over (partition by patient_id), false)
            as may_be_more_before
    from summed
)

select
    patient_id, starts_at,
    not may_be_more_before
    and (dexamethasone_equivalent_mg > before_index_mg or (has_unknown_dose and before_index_mg = 0)) as is_known
from compared
where not is_before_index and (dexamethasone_equivalent_mg > before_index_mg or has_unknown_dose or may_be_more)
