-- Which assessments of treated patients hold a grade that a clinician recorded?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('toxicity_assessments') }}
with recorded as (
    select
        patient_id,
        assessment_id,
        source_file,
        line_number,
        unnest(['CRS', 'ICANS']) as toxicity,
        unnest([recorded_crs_grade, recorded_icans_grade]) as recorded_grade
    from marts.toxicity_assessments
)

select
    recorded.patient_id,
    recorded.toxicity as item,
    'used' as role,
    'toxicity_assessments' as entity,
    recorded.assessment_id as record_id,
    recorded.source_file,
    recorded.line_number,
    null as reason
from recorded
inner join marts.treated_patients as treated on recorded.patient_id = treated.patient_id
where recorded.recorded_grade is not null
order by 1, 2, 3, 4, 6, 7
