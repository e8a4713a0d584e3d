-- depends_on: {{ ref('causes_of_death') }}

{#- Of a death that the site does not know nobody says that there was one, nor that there was none: *unknown* for its day or its
    cause tells of none, the code of an unknown cause of one. Who has a contributing cause of it died. A cause that was not
    charted is as a blank one. -#}
{%- set is_code = "upper(source.cause_of_death) in (select causes.cause_of_death from " ~ ref('causes_of_death')
    ~ " as causes)" %}
{%- set added = {
    'is_death_charted': "case when " ~ is_event_charted('source.contributing_cause') ~ " and not "
        ~ says_unknown('source.contributing_cause') ~ " then true when " ~ is_event_charted('source.cause_of_death')
        ~ " and (not " ~ says_unknown('source.cause_of_death') ~ " or " ~ is_code ~ ") then true when not "
        ~ says_unknown('source.died_on') ~ " and (" ~ is_event_charted('source.died_on') ~ " or not "
        ~ says_unknown('source.cause_of_death') ~ " or " ~ says_uncharted('source.cause_of_death') ~ ") then "
        ~ is_event_charted('source.died_on') ~ " end",
    'is_progression_charted': is_event_charted('source.progressed_on'),
    'is_new_therapy_charted': is_event_charted('source.new_therapy_on'),
    'is_cause_charted': is_event_charted('source.cause_of_death') ~ " and not " ~ says_uncharted('source.cause_of_death'),
} %}
{%- set cells = record_cells('vital_status', [
    'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
    'new_therapy_on',
]) %}
with parsed as (
    {{ parsed_records('vital_status', cells, added=added) }}
)

{{ judged_records('vital_status', 'patient_id') }}
