{#- The moments at which the index drug may have been given, as far as they differ: the index time and, where its date alone was
    charted, the end of that day and each moment of it so many seconds (`delays`) after a change of `changes` (patient_id,
    changes_at). One row per patient and moment. -#}
{% macro index_moments(changes, delays) -%}
select patient_id, index_study_day, index_started_at as given_at from {{ ref('int_cohort__index_time') }}
union
select patient_id, index_study_day, {{ seconds_after(days_after('index_started_at', 1), '-1e-6') }} as given_at
from {{ ref('int_cohort__index_time') }}
where is_date_alone
{%- for delay in delays %}
union
select times.patient_id, times.index_study_day, {{ seconds_after('changes.changes_at', delay) }} as given_at
from {{ ref('int_cohort__index_time') }} as times
inner join {{ changes }} as changes on times.patient_id = changes.patient_id
where
    times.is_date_alone
    and {{ days_between('times.index_started_at', seconds_after('changes.changes_at', delay)) }} = 0
{%- endfor %}
{%- endmacro %}
