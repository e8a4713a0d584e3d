-- In whom did the toxicity come back after it had resolved, and on which study day?
-- depends_on: {{ ref('toxicity_course') }}
select
    patient_id,
    toxicity,
    onset_day,
    onset_certainty,
    resolved_day,
    resolved_certainty,
    recurred_day,
    peak_grade
from marts.toxicity_course
where recurred_day is not null
order by toxicity, recurred_day, patient_id
