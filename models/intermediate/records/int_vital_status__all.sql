-- depends_on: {{ ref('causes_of_death') }}

{#- A date that stands for none says nothing of a death or progression, nor does a word that there was none; any other text does,
    whether or not it can be read. -#}
{%- set added = {
    'is_death_charted': "coalesce(substr(source.died_on, 1, 10) not in " ~ terms_var('filler_dates')
        ~ " and not " ~ says_none('source.died_on') ~ ", false)",
    'is_progression_charted': "coalesce(substr(source.progressed_on, 1, 10) not in " ~ terms_var('filler_dates')
        ~ " and not " ~ says_none('source.progressed_on') ~ ", false)",
    'is_cause_charted': "coalesce(not " ~ says_none('source.cause_of_death') ~ ", false)",
} %}
{%- set cells = record_cells('vital_status', [
    'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
    'new_therapy_on',
]) %}
with parsed as (
    {{ parsed_records('vital_status', cells, added=added) }}
)

{{ judged_records('vital_status', 'patient_id') }}
