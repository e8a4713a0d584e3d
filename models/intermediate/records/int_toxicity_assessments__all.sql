{%- set cells = [
    {'name': 'assessment_id', 'kind': 'text', 'required': true},
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'assessed_at', 'kind': 'time', 'required': true},
    {'name': 'temperature_c', 'kind': 'number', 'quantity': 'temperature'},
    {'name': 'hypotension', 'kind': 'flag'},
    {'name': 'vasopressors', 'kind': 'text'},
    {'name': 'oxygen_support', 'kind': 'term', 'values': ['none', 'blow_by', 'nasal_cannula', 'high_flow', 'facemask', 'non_rebreather', 'venturi', 'cpap', 'bipap', 'intubated', 'intubated_airway_only']},
    {'name': 'oxygen_flow_l_min', 'kind': 'number', 'quantity': 'oxygen_flow'},
    {'name': 'ice_score', 'kind': 'integer', 'quantity': 'ice_score'},
    {'name': 'consciousness', 'kind': 'term', 'values': ['alert', 'spontaneous', 'voice', 'tactile', 'unarousable']},
    {'name': 'seizure', 'kind': 'term', 'values': ['none', 'resolved', 'prolonged']},
    {'name': 'motor_weakness', 'kind': 'flag'},
    {'name': 'raised_icp', 'kind': 'term', 'values': ['none', 'focal', 'diffuse', 'hemorrhage']},
    {'name': 'sedated', 'kind': 'flag'},
    {'name': 'recorded_crs_grade', 'kind': 'integer', 'quantity': 'recorded_grade'},
    {'name': 'recorded_icans_grade', 'kind': 'integer', 'quantity': 'recorded_grade'},
] %}
with parsed as (
    {{ parsed_records('toxicity_assessments', cells) }}
)

{{ judged_records('toxicity_assessments', 'assessment_id') }}
