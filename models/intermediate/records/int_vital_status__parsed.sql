{{ config(materialized='ephemeral') }}

{%- set cells = [
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'last_contact_on', 'kind': 'date'},
    {'name': 'died_on', 'kind': 'date'},
    {'name': 'cause_of_death', 'kind': 'term', 'values': ['lym', 'crs', 'icans', 'crs_icans', 'iec_hs', 'inf', 'card', 'resp', 'hem', 'cytop', 'spm', 'other', 'unk']},
    {'name': 'contributing_cause', 'kind': 'term', 'values': ['lym', 'crs', 'icans', 'crs_icans', 'iec_hs', 'inf', 'card', 'resp', 'hem', 'cytop', 'spm', 'other', 'unk']},
    {'name': 'progressed_on', 'kind': 'date'},
    {'name': 'new_therapy_on', 'kind': 'date'},
] %}
with source as (
    select * from {{ record_source('vital_status') }}
),

patients as (
    select * from {{ ref('int_patients__accepted') }}
),

parsed as (
    select
        {{ typed_columns(cells) }},
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
)

select * from parsed
