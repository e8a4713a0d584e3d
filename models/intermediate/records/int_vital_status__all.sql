-- depends_on: {{ ref('causes_of_death') }}

{#- Of a death that the site does not know nobody says that there was one, nor that there was none: *unknown* for its day or its
    cause tells of none, the code of an unknown cause of one. Who has a contributing cause of it died. A cause that was not
    charted is as a blank one. -#}
{%- set day, cause, contributing = 'source.died_on', 'source.cause_of_death', 'source.contributing_cause' %}
{%- set unknown, uncharted = ['unknown', 'uncharted'], ['uncharted'] %}
{%- set is_code = "upper(" ~ cause ~ ") in (select causes.cause_of_death from " ~ ref('causes_of_death') ~ " as causes)" %}
{%- set is_cause_told = "(not " ~ says(cause, unknown) ~ " or " ~ is_code ~ ")" %}
{%- set is_cause_silent = "(not " ~ says(cause, unknown) ~ " or " ~ says(cause, uncharted) ~ ")" %}
{%- set added = {
    'is_death_charted': "case when " ~ is_event_charted(contributing) ~ " and not " ~ says(contributing, unknown)
        ~ " then true when " ~ is_event_charted(cause) ~ " and " ~ is_cause_told
        ~ " then true when not " ~ says(day, unknown) ~ " and (" ~ is_event_charted(day) ~ " or " ~ is_cause_silent
        ~ ") then " ~ is_event_charted(day) ~ " end",
    'is_progression_charted': is_event_charted('source.progressed_on'),
    'is_new_therapy_charted': is_event_charted('source.new_therapy_on'),
    'is_cause_charted': is_event_charted(cause) ~ " and not " ~ says(cause, uncharted),
    'is_death_day_unread': cell_fault(described_column('stg_extract__vital_status', 'died_on')) ~ " is not null",
} %}
{%- set cells = record_cells('vital_status', [
    'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
    'new_therapy_on',
]) %}
with parsed as (
    {{ parsed_records('vital_status', cells, added=added) }}
)

{{ judged_records('vital_status', 'patient_id') }}
