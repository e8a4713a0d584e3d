-- The toxicity began hours after the first dose. Of a dose whose time is a date alone nobody knows whether a toxicity of that day
-- came later, and of an assessment before the dose that cannot be read whether it showed the toxicity.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

unread as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and is_unread
)

select
    index_time.patient_id,
    'prophylactic_use' as reason
from index_time
inner join course on index_time.patient_id = course.patient_id
where
    {{ seconds_between('index_time.index_started_at', 'course.onset_at') }} > {{ integer_var('hours_of_late_charting') }} * 3600.0
    and not (
        index_time.is_date_alone
        and {{ days_between('index_time.index_started_at', 'course.onset_at') }} = 0
    )
    and not exists (
        select 1
        from unread
        where unread.patient_id = index_time.patient_id and unread.assessed_at <= index_time.index_started_at
    )
