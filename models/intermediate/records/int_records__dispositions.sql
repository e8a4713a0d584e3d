-- What became of every raw record that could be read, of every kind.
{%- set identifiers = {
    'patients': 'patient_id',
    'infusions': 'infusion_id',
    'medication_administrations': 'administration_id',
    'lab_results': 'result_id',
    'toxicity_assessments': 'assessment_id',
    'response_assessments': 'assessment_id',
    'vital_status': 'patient_id',
} %}
{% for entity, identifier in identifiers.items() %}
    select
        '{{ entity }}' as entity,
        {{ identifier }} as record_id,
        patient_id,
        source_file,
        line_number,
        disposition,
        reason,
        nulled_cells
    from {{ ref('int_' ~ entity ~ '__all') }}
    {{ 'union all' if not loop.last }}
{%- endfor %}
