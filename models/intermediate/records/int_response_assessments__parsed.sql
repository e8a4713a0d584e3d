{{ config(materialized='ephemeral') }}

{%- set cells = [
    {'name': 'assessment_id', 'kind': 'text', 'required': true},
    {'name': 'patient_id', 'kind': 'text', 'required': true},
    {'name': 'assessed_on', 'kind': 'date', 'required': true},
    {'name': 'deauville', 'kind': 'integer', 'quantity': 'deauville'},
    {'name': 'uptake_change', 'kind': 'term', 'values': ['none', 'reduced', 'unchanged', 'increased']},
    {'name': 'new_lesion', 'kind': 'flag'},
    {'name': 'recorded_response', 'kind': 'text'},
] %}
with source as (
    select * from {{ record_source('response_assessments') }}
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
