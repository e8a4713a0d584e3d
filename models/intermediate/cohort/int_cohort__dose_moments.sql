-- The moments at which the index drug may have been given, as far as the doses of glucocorticoids around them differ: of an index
-- time with its date alone each moment of its day shortly before or after a dose begins or ends, or began or ended so many hours
-- before as are compared with.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

edges as (
    select patient_id, dose_started_at as changes_at from {{ ref('int_exposure__dose_events') }}
    union
    select patient_id, dose_ended_at as changes_at from {{ ref('int_exposure__dose_events') }}
),

delays as (
    select {{ integer_var('hours_of_steroids_before_index') }} * 3600.0 + 2e-6 as seconds
    {% for seconds in ["" ~ integer_var('hours_of_steroids_before_index') ~ " * 3600.0 - 2e-6", '-2e-6', '2e-6'] %}
        union all
        select {{ seconds }} as seconds
    {% endfor %}
)

select patient_id, index_study_day, index_started_at as given_at
from index_time
union
select patient_id, index_study_day, {{ seconds_after(days_after('index_started_at', 1), '-1e-6') }} as given_at
from index_time
where is_date_alone
union
select
    index_time.patient_id,
    index_time.index_study_day,
    {{ seconds_after('edges.changes_at', 'delays.seconds') }} as given_at
from index_time
inner join edges on index_time.patient_id = edges.patient_id
cross join delays
where
    index_time.is_date_alone
    and {{ days_between('index_time.index_started_at', seconds_after('edges.changes_at', 'delays.seconds')) }} = 0
