{%- set cells = record_cells('toxicity_assessments', [
    'assessment_id', 'patient_id', 'assessed_at', 'temperature_c', 'hypotension', 'vasopressors',
    'oxygen_support', 'oxygen_flow_l_min', 'ice_score', 'consciousness', 'seizure', 'motor_weakness',
    'raised_icp', 'sedated', 'recorded_crs_grade', 'recorded_icans_grade',
]) %}
with vasopressors as (
    select * from {{ ref('int_terminology__vasopressors') }}
),

parsed as (
    {{ parsed_records('toxicity_assessments', cells, [
        "case when " ~ folded('source.vasopressors') ~ " in (select vasopressors_text from vasopressors where is_unknown)"
        ~ " then 'unknown_vasopressors' end",
    ]) }}
)

{{ judged_records('toxicity_assessments', 'assessment_id') }}
