-- depends_on: {{ ref('causes_of_death') }}

{#- Of a death that the site does not know nobody says that there was one, nor that there was none; who has a contributing
    cause of it died. A cause that was not charted is as a blank one. -#}
{%- set unknown = ['unknown', 'uncharted'] %}
{%- set added = {
    'is_death_charted': "case when " ~ is_event_charted('source.contributing_cause') ~ " and not "
        ~ says('source.contributing_cause', unknown) ~ " then true when not " ~ says('source.died_on', unknown)
        ~ " then " ~ is_event_charted('source.died_on') ~ " end",
    'is_progression_charted': is_event_charted('source.progressed_on'),
    'is_new_therapy_charted': is_event_charted('source.new_therapy_on'),
    'is_cause_charted': is_event_charted('source.cause_of_death') ~ " and not " ~ says('source.cause_of_death', ['uncharted']),
} %}
{%- set cells = record_cells('vital_status', [
    'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
    'new_therapy_on',
]) %}
with parsed as (
    {{ parsed_records('vital_status', cells, added=added) }}
)

{{ judged_records('vital_status', 'patient_id') }}
