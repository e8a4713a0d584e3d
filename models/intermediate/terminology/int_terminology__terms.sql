-- What the seeds make of the site's own words and codes: a term without mapped_to is one that no seed knows. Units are told
-- of the study's analytes and of glucocorticoids alone, since no other unit is read.
with listed_terms as (
    select * from {{ ref('int_terminology__listed_terms') }}
),

administrations as (
    select * from {{ record_source('medication_administrations') }}
),

medications as (
    select * from {{ ref('int_terminology__medications') }}
),

results as (
    select * from {{ record_source('lab_results') }}
),

lab_tests as (
    select * from {{ ref('int_terminology__lab_tests') }}
),

converted_results as (
    select * from {{ ref('int_labs__converted') }}
),

doses as (
    select * from {{ ref('int_exposure__read_doses') }}
),

worded as (
    select
        'medication_administrations' as entity,
        'medication' as column_name,
        concat_ws(' ', medications.medication_text, medications.rxnorm_code) as term,
        medications.ingredient as meaning,
        administrations.patient_id
    from administrations
    inner join medications
        on
            {{ folded('administrations.medication') }} = medications.medication_text
            and case when {{ folded('administrations.code_system') }} = 'rxnorm' then administrations.code end
            is not distinct from medications.rxnorm_code
    union all
    select
        'lab_results' as entity,
        'test_name' as column_name,
        concat_ws(' ', lab_tests.code_system, lab_tests.code, lab_tests.test_name) as term,
        coalesce(lab_tests.analyte, lab_tests.excluded_because) as meaning,
        results.patient_id
    from results
    inner join lab_tests
        on
            {{ folded('results.code_system') }} is not distinct from lab_tests.code_system
            and results.code is not distinct from lab_tests.code
            and {{ folded('results.test_name') }} is not distinct from lab_tests.test_name
    union all
    select
        'lab_results' as entity,
        'unit' as column_name,
        concat_ws(' ', analyte, unit_name) as term,
        case when factor is not null then canonical_unit end as meaning,
        patient_id
    from converted_results
    where unit is not null
    union all
    select 'medication_administrations' as entity, 'dose_unit' as column_name, unit_text as term, quantity as meaning, patient_id
    from doses
    where unit_text is not null
)

select entity, column_name, term, mapped_to, n_records, n_patients from listed_terms
union all
select entity, column_name, term, meaning as mapped_to, count(*) as n_records, count(distinct patient_id) as n_patients
from worded
group by all
