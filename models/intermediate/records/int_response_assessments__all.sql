{%- set cells = record_cells('response_assessments', [
    'assessment_id', 'patient_id', 'assessed_on', 'deauville', 'uptake_change', 'new_lesion',
    'recorded_response',
]) %}
with parsed as (
    {{ parsed_records('response_assessments', cells) }}
),

repetitions as (
    {{ repeated_records('response_assessments', 'assessment_id') }}
)

{{ judged_records('parsed', 'repetitions') }}
