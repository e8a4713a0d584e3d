{%- set cells = record_cells('response_assessments', [
    'assessment_id', 'patient_id', 'assessed_on', 'deauville', 'uptake_change', 'new_lesion',
]) %}
with source as (
    {{ bounded_source('response_assessments', cells) }}
),

patients as (
    select * from {{ ref('int_records__patients') }}
),

responses as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'responses'
),

parsed as (
    select
        {{ typed_columns(cells) }},
        responses.concept as recorded_response,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.recorded_response is not null and responses.concept is null then 'unknown_recorded_response' end",
        ]) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join responses on {{ folded('source.recorded_response') }} = responses.source_text
)

{{ judged_records('response_assessments', 'assessment_id') }}
