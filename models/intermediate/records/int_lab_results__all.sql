{%- set cells = record_cells('lab_results', [
    'result_id', 'patient_id', 'collected_at', 'result', 'resulted_at', 'code_system', 'code', 'test_name',
    'unit', 'reference_low', 'reference_high', 'comment',
]) %}
with source as (
    select * from {{ record_source('lab_results') }}
),

patients as (
    select * from {{ accepted('patients') }}
),

lab_tests as (
    select * from {{ ref('int_terminology__lab_tests') }}
),

specimens as (
    select * from {{ ref('specimens') }}
),

lab_statuses as (
    select * from {{ ref('lab_statuses') }}
),

parsed as (
    select
        {{ typed_columns(cells) }},
        lab_tests.analyte,
        source.specimen,
        specimens.is_blood,
        source.status,
        coalesce(lab_statuses.is_usable, source.status is null) as is_usable_status,
        coalesce(lab_statuses.is_correction, false) as is_correction,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.status is not null and lab_statuses.name is null then 'unknown_status' end"]) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join lab_tests
        on
            {{ folded('source.code_system') }} is not distinct from lab_tests.code_system
            and source.code is not distinct from lab_tests.code
            and {{ folded('source.test_name') }} is not distinct from lab_tests.test_name
    left join specimens on {{ folded('source.specimen') }} = specimens.name
    left join lab_statuses on {{ folded('source.status') }} = lab_statuses.name
)

{{ judged_records('lab_results', 'result_id',
    is_correction="lower(status) in (select name from " ~ ref('lab_statuses') ~ " where is_correction)",
    version_at=parsed_time('resulted_at')
) }}
