-- At which step did patients leave?
-- depends_on: {{ ref('cohort_attrition') }}
select step_number, step, n_excluded, n_remaining
from marts.cohort_attrition
order by step_number
