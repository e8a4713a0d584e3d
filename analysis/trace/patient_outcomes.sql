-- Who responded under each definition of resolution, from when on, and which definition is the study's?
-- depends_on: {{ ref('response_labels') }}
select
    labels.patient_id,
    labels.definition,
    definitions.description,
    coalesce(labels.definition = manifest.value, false) as is_study_definition,
    labels.outcome,
    labels.resolved_at,
    labels.is_dead_unresolved
from marts.response_labels as labels
left join seeds.response_definitions as definitions on labels.definition = definitions.definition
left join results.run_manifest as manifest on manifest.key = 'var.response_definition'
order by labels.patient_id asc, is_study_definition desc, labels.definition asc
