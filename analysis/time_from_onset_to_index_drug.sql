-- How long after onset was the index drug begun, and did those who responded get it sooner? Where the first onset may lie earlier
-- than charted, or stands with its date alone, the hours are not exact.
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('toxicity_course') }}
with studied as (
    select value as toxicity
    from results.run_manifest
    where key = 'var.index_toxicity'
)

select
    cohort.study_group,
    count(*) as n_patients,
    count(case when course.onset_certainty <> 'exact' then 1 end) as n_of_inexact_onset,
    round(median(date_diff('minute', cohort.toxicity_onset_at, cohort.index_started_at) / 60.0), 1) as median_hours,
    round(min(date_diff('minute', cohort.toxicity_onset_at, cohort.index_started_at) / 60.0), 1) as shortest_hours,
    round(max(date_diff('minute', cohort.toxicity_onset_at, cohort.index_started_at) / 60.0), 1) as longest_hours
from marts.cohort as cohort
inner join marts.toxicity_course as course
    on cohort.patient_id = course.patient_id and cohort.first_onset_at = course.onset_at
inner join studied on course.toxicity = studied.toxicity
group by cohort.study_group
order by cohort.study_group
