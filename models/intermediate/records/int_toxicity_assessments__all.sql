{%- set cells = record_cells('toxicity_assessments', [
    'assessment_id', 'patient_id', 'assessed_at', 'temperature_c', 'hypotension', 'vasopressors',
    'oxygen_support', 'oxygen_flow_l_min', 'ice_score', 'consciousness', 'seizure', 'motor_weakness',
    'raised_icp', 'sedated', 'recorded_crs_grade', 'recorded_icans_grade',
]) %}
{%- set assessed_on = extracted('source.assessed_at', "'^(\\d{4}-\\d{2}-\\d{2})([^\\d]|$)'") %}
with vasopressors as (
    select * from {{ ref('int_terminology__vasopressors') }}
),

parsed as (
    {{ parsed_records('toxicity_assessments', cells, [
        "case when " ~ folded('source.vasopressors') ~ " in (select vasopressors_text from vasopressors where is_unknown)"
        ~ " then 'unknown_vasopressors' end",
    ], added={
        'assessed_on': 'cast(coalesce(source.typed_assessed_at, ' ~ parsed_time(assessed_on) ~ ') as date)',
        'is_date_alone': 'coalesce(length(source.assessed_at) = 10, false)',
    }) }}
)

{{ judged_records('toxicity_assessments', 'assessment_id') }}
