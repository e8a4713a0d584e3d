-- depends_on: {{ ref('causes_of_death') }}

{%- set cells = record_cells('vital_status', [
    'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
    'new_therapy_on',
]) %}
with parsed as (
    {{ parsed_records('vital_status', cells) }}
)

{{ judged_records('vital_status', 'patient_id') }}
