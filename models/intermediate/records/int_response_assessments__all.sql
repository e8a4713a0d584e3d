{%- set cells = [
    {'name': 'assessment_id', 'kind': 'text', 'required': true},
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'assessed_on', 'kind': 'date', 'required': true},
    {'name': 'deauville', 'kind': 'integer', 'quantity': 'deauville'},
    {'name': 'uptake_change', 'kind': 'term', 'values': ['none', 'reduced', 'unchanged', 'increased']},
    {'name': 'new_lesion', 'kind': 'flag'},
    {'name': 'recorded_response', 'kind': 'text'},
] %}
with parsed as (
    {{ parsed_records('response_assessments', cells) }}
)

{{ judged_records('response_assessments', 'assessment_id') }}
