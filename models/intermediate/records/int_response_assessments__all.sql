{%- set cells = record_cells('response_assessments', [
    'assessment_id', 'patient_id', 'assessed_on', 'deauville', 'uptake_change', 'new_lesion',
    'recorded_response',
]) %}
with parsed as (
    {{ parsed_records('response_assessments', cells) }}
)

{{ judged_records('response_assessments', 'assessment_id') }}
