-- The half-open windows of exposure: from day 0 to the index time, from there to the end of follow-up, and both together.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

edges as (
    select
        treated.patient_id,
        {{ days_after('treated.infused_at', 0) }} as follow_up_starts_at,
        {{ days_after('treated.infused_at', integer_var('last_study_day') ~ ' + 1') }} as follow_up_ends_at,
        index_time.index_started_at
    from treated
    left join index_time on treated.patient_id = index_time.patient_id
)

{% for exposure_window, starts_at, ends_at in [
    ('before_index', 'follow_up_starts_at', 'index_started_at'),
    ('after_index', 'index_started_at', 'follow_up_ends_at'),
    ('total', 'follow_up_starts_at', 'follow_up_ends_at'),
] %}
    select patient_id, '{{ exposure_window }}' as exposure_window, {{ starts_at }} as starts_at, {{ ends_at }} as ends_at
    from edges
    {{ 'where index_started_at is not null union all' if not loop.last }}
{% endfor %}
