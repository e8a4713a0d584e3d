{{ config(materialized='ephemeral') }}
-- What became of every raw record, of every kind; of those that could not be read, and so have no id, that they are quarantined.
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
    union all
{%- endfor %}
{% for unread in [landed('intake', 'rejected_records'), ref('int_omop__unreadable_rows')] %}
    select
        entity,
        null as record_id,
        null as patient_id,
        source_file,
        line_number,
        'quarantined' as disposition,
        reason,
        null as nulled_cells
    from {{ unread }}
    {{ 'union all' if not loop.last }}
{%- endfor %}
