{%- set cells = record_cells('lab_results', [
    'result_id', 'patient_id', 'collected_at', 'result', 'resulted_at', 'code_system', 'code', 'test_name',
    'unit', 'reference_low', 'reference_high', 'comment',
]) %}
{#- Of a row of the common data model an id that is none sets the record aside, which stays one of its person. -#}
{%- set id_fault = 'source.unreadable_id' if record_origins()['lab_results'] == 'omop' else 'null' %}
with source as (
    {{ bounded_source('lab_results', cells) }}
),

patients as (
    select * from {{ ref('int_records__patients') }}
),

lab_tests as (
    select tests.*, known_tests.analyte
    from (select distinct code_system, code, test_name from {{ record_source('lab_results') }}) as tests
    inner join {{ ref('int_terminology__lab_tests') }} as known_tests
        on
            {{ folded('tests.code_system') }} is not distinct from known_tests.code_system
            and tests.code is not distinct from known_tests.code
            and {{ folded('tests.test_name') }} is not distinct from known_tests.test_name
),

specimen_words as (
    {{ concepts_of('lab_results', 'specimen', 'specimens') }}
),

specimens as (
    select * from {{ ref('specimens') }}
),

status_words as (
    {{ concepts_of('lab_results', 'status', 'result_statuses') }}
),

lab_statuses as (
    select * from {{ ref('lab_statuses') }}
),

parsed as (
    select
        {{ typed_columns(cells) }},
        lab_tests.analyte,
        coalesce(specimen_words.concept, source.specimen) as specimen,
        specimens.is_blood,
        status_words.concept as status,
        coalesce(lab_statuses.is_usable, true) as is_usable_status,
        coalesce(lab_statuses.is_correction, false) as is_correction,
        coalesce(lab_statuses.precedence, final_status.precedence) as status_precedence,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.status is not null and status_words.concept is null then 'unknown_status' end"]) }} as nulled_cells,
        coalesce(
            {{ id_fault }},
            {{ row_fault(cells) }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join lab_tests
        on
            source.code_system is not distinct from lab_tests.code_system
            and source.code is not distinct from lab_tests.code
            and source.test_name is not distinct from lab_tests.test_name
    left join specimen_words on source.specimen = specimen_words.specimen
    left join specimens on specimen_words.concept = specimens.specimen
    left join status_words on source.status = status_words.status
    left join lab_statuses as final_status on final_status.status = 'final'
    left join lab_statuses on status_words.concept = lab_statuses.status
)

{{ judged_records('lab_results', 'result_id',
    is_correction=folded('status') ~ " in (select words.source_text from " ~ ref('int_terminology__matches') ~ " as words inner join "
    ~ ref('lab_statuses') ~ " as lab_statuses on words.vocabulary = 'result_statuses' and words.concept = lab_statuses.status"
    ~ " where lab_statuses.is_correction)",
    version_at=parsed_time('resulted_at'),
    agreeing=['patient_id', folded('coalesce(code, test_name)'), parsed_time('collected_at')]
) }}
