-- How bad was the toxicity on each day? A day without an assessment is no grade 0.
-- depends_on: {{ ref('toxicity_days') }}
select
    toxicity,
    study_day,
    count(*) filter (where is_evaluable) as n_assessed,
    count(*) filter (where grade >= 3) as n_grade_3_or_more,
    count(*) filter (where certainty = 'at_least') as n_lower_bounds
from marts.toxicity_days
group by toxicity, study_day
order by toxicity, study_day
