-- The account: what becomes of every record, and of those of an analyte what their results say.
create temp table verdicts as
with repeated_ids as (
    select trimmed_of_many(result_id) as result_id
    from raw_lab_results
    group by trimmed_of_many(result_id)
    having count(*) > 1
),

cleaned as (
    select
        trimmed_of_many(result_id) as result_id,
        trimmed(patient_id) as patient_id,
        trimmed(code_system) as code_system,
        trimmed(code) as code,
        trimmed(test_name) as test_name,
        trimmed(specimen) as specimen,
        trimmed_of_many(collected_at) as collected_at,
        trimmed(result) as result,
        trimmed(unit) as unit,
        trimmed(reference_low) as reference_low,
        trimmed(reference_high) as reference_high,
        trimmed_of_many(resulted_at) as resulted_at,
        trimmed(status) as status,
        trimmed(comment) as comment,
        status as raw_status,
        source_file,
        line_number
    from raw_lab_results
),

suspected as (
    select cleaned.*
    from cleaned
    semi join repeated_ids on cleaned.result_id is not distinct from repeated_ids.result_id
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                result_id, patient_id, code_system, code, test_name, specimen, collected_at, result, unit, reference_low,
                reference_high, resulted_at, status, comment
            order by source_file, line_number
        ) as copy_number
    from suspected
),

repeated as (
    select
        numbered.result_id,
        numbered.source_file,
        numbered.line_number,
        numbered.copy_number,
        moment(numbered.resulted_at) as resulted_at,
        struct_pack(
            patient_id := numbered.patient_id, test := folded(coalesce(numbered.code, numbered.test_name)),
            collected_at := moment(numbered.collected_at)
        ) as told_of,
        status_texts.is_correction
    from numbered
    inner join status_texts on numbered.raw_status is not distinct from status_texts.raw_text
),

versions as (
    select
        *,
        count(*) over (partition by result_id) as n_versions,
        rank() over (partition by result_id order by resulted_at desc nulls first) as age_rank,
        count(*) over (partition by result_id, resulted_at) as n_of_that_time,
        min(told_of) over (partition by result_id) = max(told_of) over (partition by result_id) as is_of_one
    from repeated
    where copy_number = 1
),

compared as (
    select
        *,
        is_correction and age_rank = 1 and n_of_that_time = 1 and is_of_one as is_last_word,
        bool_or(is_correction and age_rank = 1 and n_of_that_time = 1 and is_of_one)
            over (partition by result_id) as has_last_word
    from versions
)

select source_file, line_number, 'duplicate' as verdict from repeated
where copy_number > 1
union all
select
    source_file, line_number,
    case when has_last_word then 'superseded' else 'conflicting_id' end as verdict
from compared
where result_id is not null and n_versions > 1 and not is_last_word;

create temp table judged as
with typed as (
    select
        *,
        trimmed_of_many(result_id) as result_key,
        trimmed(patient_id) as patient_key,
        trimmed_of_many(collected_at) as collected_text,
        moment(trimmed_of_many(collected_at)) as collected,
        trimmed(result) is null as is_blank
    from raw_lab_results
),

faulted as (
    select
        typed.source_file,
        typed.line_number,
        typed.result_key,
        typed.patient_key,
        typed.collected,
        typed.is_blank,
        typed.result,
        typed.unit,
        typed.reference_high,
        typed.comment,
        typed.resulted_at,
        typed.specimen,
        typed.status,
        tests.analyte,
        verdicts.verdict,
        case
            when typed.result_key is null then 'missing_result_id'
            when typed.patient_key is null then 'missing_patient_id'
            when typed.collected_text is null then 'missing_collected_at'
            when typed.collected is null and is_moment(typed.collected_text) then 'implausible_collected_at'
            when typed.collected is null then 'unreadable_collected_at'
            when typed.is_blank then 'missing_result'
            when known_patients.patient_id is null then 'unknown_patient'
        end as fault
    from typed
    inner join tests
        on
            typed.code_system is not distinct from tests.code_system
            and typed.code is not distinct from tests.code
            and typed.test_name is not distinct from tests.test_name
    left join known_patients on typed.patient_key = known_patients.patient_id
    left join verdicts on typed.source_file = verdicts.source_file and typed.line_number = verdicts.line_number
)

select
    source_file,
    line_number,
    result_key as result_id,
    patient_key as patient_id,
    collected as collected_at,
    analyte,
    case when analyte is not null and not is_blank then result end as result,
    case when analyte is not null then unit end as unit,
    case when analyte is not null then reference_high end as reference_high,
    case when analyte is not null then comment end as comment,
    case when analyte is not null then resulted_at end as resulted_at,
    case when analyte is not null then specimen end as specimen,
    case when analyte is not null then status end as status,
    case
        when verdict in ('duplicate', 'superseded') then verdict
        when verdict is not null or fault is not null then 'quarantined'
        else 'accepted'
    end as disposition,
    coalesce(verdict, fault) as reason
from faulted;

create table record_dispositions as
select
    'lab_results' as entity,
    result_id as record_id,
    patient_id,
    source_file,
    line_number,
    disposition,
    reason
from judged
union all
select
    entity,
    null as record_id,
    null as patient_id,
    source_file,
    line_number,
    'quarantined' as disposition,
    reason
from rejected_records
where entity = 'lab_results';
