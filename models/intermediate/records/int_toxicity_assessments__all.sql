{%- set cells = record_cells('toxicity_assessments', [
    'assessment_id', 'patient_id', 'assessed_at', 'temperature_c', 'hypotension', 'vasopressors',
    'oxygen_support', 'oxygen_flow_l_min', 'ice_score', 'consciousness', 'seizure', 'motor_weakness',
    'raised_icp', 'sedated', 'recorded_crs_grade', 'recorded_icans_grade',
]) %}
with parsed as (
    {{ parsed_records('toxicity_assessments', cells) }}
)

{{ judged_records('toxicity_assessments', 'assessment_id') }}
