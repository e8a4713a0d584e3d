-- What somebody should look at, with the rows behind it: doses of follow-up or of a day above the limits of review, given
-- doses that last longer than a day, and given drugs whose names look like a glucocorticoid. No window holds more than the
-- whole of follow-up.
with daily_doses as (
    select
        *,
        sum(dexamethasone_equivalent_mg) over (partition by patient_id) as dexamethasone_equivalent_mg_of_all_days
    from {{ ref('int_exposure__daily_doses') }}
),

administrations as (
    select * from {{ ref('int_exposure__administrations') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

unplaced_rows as (
    select * from {{ ref('int_exposure__unplaced_rows') }}
),

placed as (
    select
        events.patient_id,
        events.administration_id,
        {{ days_between('treated.infused_at', 'events.dose_started_at') }} as first_day,
        {{ days_between('treated.infused_at', 'coalesce(events.dose_ended_at, events.dose_started_at)') }} as last_day
    from {{ ref('int_exposure__dose_events') }} as events
    inner join treated on events.patient_id = treated.patient_id
    where events.dexamethasone_equivalent_mg is not null
),

found as (
    {#- The sum is rounded as in marts.steroid_exposure. #}
    {% for reason, dose, limit in [
        ('steroid_window_above_limit', 'round(daily_doses.dexamethasone_equivalent_mg_of_all_days, 9)', 'steroid_window_review_mg'),
        ('steroid_day_above_limit', 'daily_doses.dexamethasone_equivalent_mg', 'steroid_day_review_mg'),
    ] %}
        select
            placed.patient_id,
            '{{ reason }}' as reason,
            placed.administration_id
        from placed
        inner join daily_doses
            on
                placed.patient_id = daily_doses.patient_id
                and daily_doses.study_day between placed.first_day and placed.last_day
        where {{ dose }} > {{ integer_var(limit) }}
        union all
    {% endfor %}
    select
        administrations.patient_id,
        'dose_longer_than_a_day' as reason,
        administrations.administration_id
    from administrations
    inner join treated on administrations.patient_id = treated.patient_id
    where administrations.is_longer_than_a_day and administrations.dismissed_reason is null
    union all
    select
        unplaced_rows.patient_id,
        'suspected_glucocorticoid' as reason,
        unplaced_rows.administration_id
    from unplaced_rows
    where unplaced_rows.is_suspected_glucocorticoid
)

select distinct
    patient_id,
    reason,
    'medication_administrations' as entity,
    administration_id as record_id
from found
