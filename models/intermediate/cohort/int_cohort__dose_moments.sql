-- The moments at which the index drug may have been given, as far as the doses of glucocorticoids around them differ: of an index
-- time with its date alone each moment of its day shortly before or after a dose begins or ends, or began or ended so many hours
-- before as are compared with.
{%- set hours = integer_var('hours_of_steroids_before_index') ~ ' * 3600.0' %}
with changes as (
    select patient_id, dose_started_at as changes_at from {{ ref('int_exposure__dose_events') }}
    union
    select patient_id, dose_ended_at as changes_at from {{ ref('int_exposure__dose_events') }}
)

{{ index_moments('changes', ['-2e-6', '2e-6', hours ~ ' - 2e-6', hours ~ ' + 2e-6']) }}
