-- How long after onset was the index drug begun, and did those who responded get it sooner?
-- depends_on: {{ ref('cohort') }}
select
    study_group,
    count(*) as n_patients,
    round(median(date_diff('minute', toxicity_onset_at, index_started_at) / 60.0), 1) as median_hours,
    round(min(date_diff('minute', toxicity_onset_at, index_started_at) / 60.0), 1) as shortest_hours,
    round(max(date_diff('minute', toxicity_onset_at, index_started_at) / 60.0), 1) as longest_hours
from marts.cohort
group by study_group
order by study_group
