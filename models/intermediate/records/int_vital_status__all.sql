{%- set cells = [
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'last_contact_on', 'kind': 'date'},
    {'name': 'died_on', 'kind': 'date'},
    {'name': 'cause_of_death', 'kind': 'term', 'values': ['lym', 'crs', 'icans', 'crs_icans', 'iec_hs', 'inf', 'card', 'resp', 'hem', 'cytop', 'spm', 'other', 'unk']},
    {'name': 'contributing_cause', 'kind': 'term', 'values': ['lym', 'crs', 'icans', 'crs_icans', 'iec_hs', 'inf', 'card', 'resp', 'hem', 'cytop', 'spm', 'other', 'unk']},
    {'name': 'progressed_on', 'kind': 'date'},
    {'name': 'new_therapy_on', 'kind': 'date'},
] %}
with parsed as (
    {{ parsed_records('vital_status', cells) }}
)

{{ judged_records('vital_status', 'patient_id') }}
