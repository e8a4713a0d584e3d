-- Where do the grades that the chart records differ from those computed from its components?
-- depends_on: {{ ref('grade_agreement') }}
select
    toxicity,
    recorded_grade,
    computed_grade,
    n_assessments,
    n_patients
from marts.grade_agreement
where recorded_grade != computed_grade
order by toxicity asc, n_assessments desc, recorded_grade asc, computed_grade asc
